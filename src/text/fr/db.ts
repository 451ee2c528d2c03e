import type { Catalogue } from '../language.ts';

export const DB: Catalogue = {
  // live-schema.ts
  'table {1} (absent, or this login has no right to see it)':
    'table {1} (absente, ou ce compte n’a pas le droit de la voir)',
  'key column {1}.{2}': 'colonne de clé primaire {1}.{2}',
  'the right to read {1}': 'droit de lire {1}',
  'value column {1}': 'colonne de valeur {1}',
  'bytes or text in {1}: its type is {2}': 'octets ou texte dans {1}, dont le type est {2}',
  'target "{1}": {2}.{3} has no column {4}': 'cible « {1} » : {2}.{3} n’a pas de colonne {4}',
  'target "{1}": {2} is {3}: no bytes, no text': 'cible « {1} » : {2} est {3} : ni octets ni texte',
  'table {1} (that is a view: name the table that it reads)': 'table {1} (c’est une vue : nommer la table qu’elle lit)',
  'table {1} (that is a synonym: name the table that it stands for, {2})':
    'table {1} (c’est un synonyme : nommer la table qu’il désigne, {2})',
  // catalog-shape.ts, failures.ts, session.ts: what was tried is an infinitive that begins with a consonant (« impossible de … »)
  'could not read the columns of the catalog views: sys.{1} is not among them':
    'lecture impossible des colonnes des vues du catalogue : sys.{1} n’en fait pas partie',
  'could not {1}: {2}': 'impossible de {1} : {2}',
  'could not {1}: the connection was lost': 'impossible de {1} : la connexion a été perdue',
  'nothing of this batch was written; look who is at work with `srkey runs`':
    'rien de ce lot n’a été écrit ; voir qui est au travail avec `srkey runs`',
  'the connection to the server was lost': 'la connexion au serveur a été perdue',
  // heartbeat.ts, ownership.ts, register.ts
  'run {1} was taken over by another tool; committed batches stand':
    'l’opération {1} a été reprise par un autre outil ; les lots validés restent acquis',
  'this tool was frozen or cut off for longer than its lease; look who is at work with `srkey runs`':
    'cet outil a été figé ou coupé plus longtemps que son bail ; voir qui est au travail avec `srkey runs`',
  'could not {1}: another tool took the run over': 'impossible de {1} : un autre outil a repris l’opération',
  'committed batches stand; look who is at work with `srkey runs`':
    'les lots validés restent acquis ; voir qui est au travail avec `srkey runs`',
  'target {1} of run {2} is not planned': 'la cible {1} de l’opération {2} n’est pas planifiée',
  'could not record the run: the server kept no row of it':
    'enregistrement de l’opération impossible : le serveur n’en a gardé aucune ligne',
  'could not {1}: another tool is planning a run': 'impossible de {1} : un autre outil planifie une opération',
  'could not take run {1}: other tools are taking it at the same moment':
    'prise en charge de l’opération {1} impossible : d’autres outils la prennent au même moment',
  'run state "{1}" is unknown to this version of srkey':
    'l’état d’opération « {1} » est inconnu de cette version de srkey',
  'could not {1}: {2}: {3}': 'impossible de {1} : {2} : {3}',
  '{1} (error {2})': '{1} (erreur {2})',
  // failures.ts: what the server's error numbers mean
  'the rows moved under a reader that takes no locks': 'les lignes ont bougé sous une lecture sans verrous',
  'the server is short of memory': 'le serveur manque de mémoire',
  'the server is short of memory for locks': 'le serveur manque de mémoire pour ses verrous',
  'chosen as deadlock victim': 'choisi comme victime d’un interblocage',
  'a lock was not granted in time': 'un verrou n’a pas été accordé à temps',
  'snapshot update conflict': 'conflit de mise à jour sous isolement d’instantané',
  'the server was too busy to plan the statement in time':
    'le serveur était trop chargé pour préparer l’instruction à temps',
  'the server was too busy to give the statement memory in time':
    'le serveur était trop chargé pour donner à temps de la mémoire à l’instruction',
  'update conflict on a memory-optimised table': 'conflit de mise à jour sur une table à mémoire optimisée',
  'the server closed the connection': 'le serveur a fermé la connexion',
  'the session was killed': 'la session a été interrompue (KILL)',
  'the database is shutting down': 'la base de données est en cours d’arrêt',
  'the database is in recovery': 'la base de données est en cours de récupération',
  'the database is in single-user mode, and somebody else holds it':
    'la base de données est en mode mono-utilisateur, et quelqu’un d’autre l’occupe',
  'the database is being restored': 'la base de données est en cours de restauration',
  'the database cannot be opened': 'la base de données ne peut pas être ouverte',
  'the database is changing its state': 'la base de données est en train de changer d’état',
  'the database is a secondary replica now': 'la base de données est désormais un réplica secondaire',
  'the availability replica is not ready': 'le réplica de disponibilité n’est pas prêt',
  'the database is read-only': 'la base de données est en lecture seule',
  'the database is in emergency mode': 'la base de données est en mode d’urgence',
  'the server is shutting down': 'le serveur est en cours d’arrêt',
  'a resource limit of the server was reached': 'une limite de ressources du serveur a été atteinte',
  'the server is too busy': 'le serveur est trop chargé',
  'the service failed over': 'le service a basculé',
  'the service is busy': 'le service est occupé',
  'the database is unavailable for the moment': 'la base de données est momentanément indisponible',
  'the service is out of resources': 'le service n’a plus de ressources',
  'grant the right named above to this login, then run the same command again to resume':
    'accorder à ce compte le droit nommé ci-dessus, puis relancer la même commande pour reprendre',
  'let a DBA create the tables printed by `srkey ddl`, then run the same command again':
    'faire créer par un DBA les tables affichées par `srkey ddl`, puis relancer la même commande',
  'make room in the data file or let it grow, then run the same command again to resume':
    'faire de la place dans le fichier de données ou le laisser croître, puis relancer la même commande pour reprendre',
  'back up the transaction log or let it grow, then run the same command again to resume':
    'sauvegarder le journal des transactions ou le laisser croître, puis relancer la même commande pour reprendre',
  'let a DBA make it writable: ALTER DATABASE … SET READ_WRITE; on a secondary replica give the primary one as --server':
    'la faire rendre modifiable par un DBA : ALTER DATABASE … SET READ_WRITE ; sur un réplica secondaire, donner le principal comme --server',
  'make room on the disk of the data file, then run the same command again to resume':
    'faire de la place sur le disque du fichier de données, puis relancer la même commande pour reprendre',
  // what was tried
  'read the columns of the catalog views': 'lire les colonnes des vues du catalogue',
  'renew the lease': 'renouveler le bail',
  'take the lock of the run': 'prendre le verrou de l’opération',
  'free the lock of the run': 'libérer le verrou de l’opération',
  'read the server properties': 'lire les propriétés du serveur',
  'list the columns of the database': 'lister les colonnes de la base de données',
  'read the journal of {1}': 'lire le journal de {1}',
  'commit batch {1} of segment {2} of {3}': 'valider le lot {1} du segment {2} de {3}',
  'claim segment {1} of {2}': 'réserver le segment {1} de {2}',
  'read the columns of {1}.{2}': 'lire les colonnes de {1}.{2}',
  'read the indexes of {1}': 'lire les index de {1}',
  'read the triggers of {1}': 'lire les déclencheurs de {1}',
  'count the rows of {1}.{2}': 'compter les lignes de {1}.{2}',
  'look for {1}': 'chercher {1}',
  'read the synonym {1}': 'lire le synonyme {1}',
  'move run {1} from {2} to {3}': 'faire passer l’opération {1} de l’état « {2} » à l’état « {3} »',
  'plan {1}': 'planifier {1}',
  'drop the journal of target {1} of run {2}': 'supprimer le journal de la cible {1} de l’opération {2}',
  'record that the journal is gone': 'consigner la suppression du journal',
  'run {1} has no target {2}': 'l’opération {1} n’a pas de cible {2}',
  'let go of the run': 'relâcher l’opération',
  'prepare a session for {1}': 'préparer une session pour {1}',
  'find where segment {1} of {2} stands': 'trouver où en est le segment {1} de {2}',
  'go to segment {1} of {2}': 'passer au segment {1} de {2}',
  'read the stored keys of {1}': 'lire les clés stockées de {1}',
  'forget pages of {1}': 'vider les pages traitées de {1}',
  'name keys of {1}': 'désigner des clés de {1}',
  'look for the state tables': 'chercher les tables d’état',
  'list the runs': 'lister les opérations',
  'look at the layout': 'reconnaître le format des tables d’état',
  'read the targets of run {1}': 'lire les cibles de l’opération {1}',
  'create the state tables in schema rotation': 'créer les tables d’état dans le schéma rotation',
  'bring the state tables in schema rotation from layout {1} to {2}':
    'faire passer les tables d’état du schéma rotation du format {1} au format {2}',
  'record the run': 'consigner l’opération',
  'read the run': 'lire l’opération',
  'wait for other tools': 'patienter jusqu’à la fin d’autres outils',
  'read run {1}': 'lire l’opération {1}',
  'take run {1}': 'prendre en charge l’opération {1}',
  'read the rights of this login': 'lire les droits de ce compte',
  'read the segments of run {1}': 'lire les segments de l’opération {1}',
  'read the ledger of run {1}': 'lire le registre des lots de l’opération {1}',
  'verify segment {1} of {2}': 'vérifier le segment {1} de {2}',
  'name the keys left behind in {1}': 'désigner les clés laissées de côté dans {1}',
  'read the settings of the database': 'lire les réglages de la base de données',
  'read the file sizes': 'lire la taille des fichiers',
  'read the backup history': 'lire l’historique des sauvegardes',
  'read who holds locks': 'lire qui détient des verrous',
  'reach the server': 'joindre le serveur',
  'read the features of {1}.{2}': 'lire les particularités de {1}.{2}',
  // run-view.ts
  'record that segment {1} of target {2} was checked': 'consigner que le segment {1} de la cible {2} a été contrôlé',
  'forget what was checked of run {1}': 'oublier ce qui a été contrôlé de l’opération {1}',
  // register.ts: tables of an older layout
  "the tool's own tables are of layout {1} and this version needs layout {2}, but this login may not alter them ({3}); no stored key was changed":
    'les tables propres à l’outil sont au format {1} et cette version demande le format {2}, mais ce compte n’a pas le droit de les modifier ({3}) ; aucune clé stockée n’a été modifiée',
  'let a DBA run what `srkey ddl --key-map FILE` prints: it adds the columns that are missing, and no run loses a row of its journal. Then run the same command again':
    'faire exécuter par un DBA ce qu’écrit `srkey ddl --key-map FICHIER` : cela ajoute les colonnes qui manquent, et aucune opération ne perd une ligne de son journal. Relancer ensuite la même commande',
};
