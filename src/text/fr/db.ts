import type { Catalogue } from '../language.ts';

export const DB: Catalogue = {
  // live-schema.ts
  'table {1} (absent, or this login has no right to see it)':
    'table {1} (absente, ou cette connexion n’a pas le droit de la voir)',
  'key column {1}.{2}': 'colonne de clé primaire {1}.{2}',
  'the right to read {1}': 'droit de lire {1}',
  'value column {1}': 'colonne de valeur {1}',
  'bytes or text in {1}: its type is {2}': 'octets ou texte dans {1}, dont le type est {2}',
  'target "{1}": {2}.{3} has no column {4}': 'cible « {1} » : {2}.{3} n’a pas de colonne {4}',
  'target "{1}": {2} is {3}: no bytes, no text': 'cible « {1} » : {2} est {3} : ni octets ni texte',
  'table {1} (that is a view: name the table that it reads)': 'table {1} (c’est une vue : nommer la table qu’elle lit)',
  'table {1} (that is a synonym: name the table that it stands for, {2})':
    'table {1} (c’est un synonyme : nommer la table qu’il désigne, {2})',
  // catalog-shape.ts, failures.ts, session.ts: what was tried stands between quotation marks, an infinitive
  'could not read the columns of the catalog views: sys.{1} is not among them':
    'lecture impossible des colonnes des vues du catalogue : sys.{1} n’en fait pas partie',
  'could not {1}: {2}': 'échec, « {1} » : {2}',
  'could not {1}: the connection was lost': 'échec, « {1} » : la connexion a été perdue',
  'nothing of this batch was written; look who is at work with `srkey runs`':
    'rien de ce lot n’a été écrit ; voir qui est au travail avec `srkey runs`',
  'the connection to the server was lost': 'la connexion au serveur a été perdue',
  // heartbeat.ts, ownership.ts, register.ts
  'run {1} was taken over by another tool; committed batches stand':
    'l’opération {1} a été reprise par un autre outil ; les lots validés restent acquis',
  'this tool was frozen or cut off for longer than its lease; look who is at work with `srkey runs`':
    'cet outil a été figé ou coupé plus longtemps que son bail ; voir qui est au travail avec `srkey runs`',
  'could not {1}: another tool took the run over': 'échec, « {1} » : un autre outil a repris l’opération',
  'committed batches stand; look who is at work with `srkey runs`':
    'les lots validés restent acquis ; voir qui est au travail avec `srkey runs`',
  'target {1} of run {2} is not planned': 'la cible {1} de l’opération {2} n’est pas planifiée',
  'could not record the run: the server kept no row of it':
    'enregistrement de l’opération impossible : le serveur n’en a gardé aucune ligne',
  'could not {1}: another tool is planning a run': 'échec, « {1} » : un autre outil planifie une opération',
  'could not take run {1}: other tools are taking it at the same moment':
    'prise en charge de l’opération {1} impossible : d’autres outils la prennent au même moment',
  'run state "{1}" is unknown to this version of srkey':
    'l’état d’opération « {1} » est inconnu de cette version de srkey',
};
