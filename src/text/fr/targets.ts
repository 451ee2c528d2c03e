/** What preflight says of each target: its columns, its index, and the features of its table. */
import type { Catalogue } from '../language.ts';

export const TARGETS: Catalogue = {
  // trait-checks.ts
  'row-level security': 'sécurité au niveau des lignes',
  'a security policy may hide rows: keys that nobody counts would be left behind':
    'une stratégie de sécurité peut masquer des lignes : des clés que nul ne compte seraient laissées de côté',
  'switch the policy off for the time of the run: ALTER SECURITY POLICY … WITH (STATE = OFF)':
    'désactiver la stratégie pour la durée de l’opération : ALTER SECURITY POLICY … WITH (STATE = OFF)',
  'data masking': 'masquage des données',
  'the column is masked for this login, which reads the mask instead of the key':
    'la colonne est masquée pour ce compte, qui lit le masque au lieu de la clé',
  'GRANT UNMASK to the database user of this login for the time of the run':
    'GRANT UNMASK à l’utilisateur de base de données de ce compte pour la durée de l’opération',
  'Always Encrypted': 'Always Encrypted',
  'the server cannot compare what it cannot read': 'le serveur ne peut pas comparer ce qu’il ne peut pas lire',
  'decrypt the column first (Always Encrypted is taken off by the Always Encrypted wizard)':
    'déchiffrer d’abord la colonne (l’assistant Always Encrypted retire Always Encrypted)',
  'memory-optimised table': 'table à mémoire optimisée',
  'a transaction that spans such a table and the journal follows other rules than the ones this tool relies on':
    'une transaction qui touche une telle table et le journal suit d’autres règles que celles sur lesquelles l’outil s’appuie',
  'move the keys to a disk-based table first': 'déplacer d’abord les clés vers une table sur disque',
  'history table': 'table d’historique',
  'the history of another table cannot be changed': 'l’historique d’une autre table ne peut pas être modifié',
  'name the current table in the key map': 'nommer la table courante dans la cartographie des clés',
  'append-only ledger table': 'table de registre en ajout seul',
  'its rows cannot be updated': 'ses lignes ne peuvent pas être mises à jour',
  'move the keys to an ordinary table first': 'déplacer d’abord les clés vers une table ordinaire',
  FileTable: 'FileTable',
  'it holds files, which programs open past SQL Server':
    'elle contient des fichiers, que des programmes ouvrent sans passer par SQL Server',
  'external table': 'table externe',
  'its rows are in another system, which no transaction of this database covers':
    'ses lignes sont dans un autre système, qu’aucune transaction de cette base ne couvre',
  'run the tool on the database that holds the rows': 'lancer l’outil sur la base qui contient les lignes',
  'Stretch Database': 'Stretch Database',
  'rows that were moved away cannot be updated': 'les lignes déplacées ne peuvent pas être mises à jour',
  'bring the rows back and switch Stretch off for this table':
    'rapatrier les lignes et désactiver Stretch pour cette table',
  'columnstore index': 'index columnstore',
  'before SQL Server 2016 such an index makes its table read-only':
    'avant SQL Server 2016, un tel index met sa table en lecture seule',
  'disable the index for the time of the run, and rebuild it afterwards':
    'désactiver l’index pour la durée de l’opération, et le reconstruire ensuite',
  'foreign key on the value': 'clé étrangère sur la valeur',
  'it ties the value to rows of another table, which would have to change with it':
    'elle lie la valeur à des lignes d’une autre table, qui devraient changer avec elle',
  'a stored key is no key of a table: correct the key map, or drop the foreign key':
    'une clé stockée n’est pas une clé de table : corriger la cartographie des clés, ou supprimer la clé étrangère',
  'temporal table': 'table temporelle',
  'this history table keeps each old value: it grows by a row for each key, and needs the old root for ever':
    'cette table d’historique garde chaque ancienne valeur : elle grandit d’une ligne par clé, et aura toujours besoin de l’ancienne racine',
  'decide how long that history is kept before the old certificates are purged':
    'décider de la durée de conservation de cet historique avant la purge des anciens certificats',
  'ledger table': 'table de registre',
  'its ledger keeps each old value for ever: it grows by a row for each key':
    'son registre garde chaque ancienne valeur pour toujours : il grandit d’une ligne par clé',
  'know that these old values cannot be removed, and are lost with the old root':
    'savoir que ces anciennes valeurs ne peuvent pas être supprimées, et sont perdues avec l’ancienne racine',
  FILESTREAM: 'FILESTREAM',
  'each swap writes a new file beside the database':
    'chaque mise en service écrit un nouveau fichier à côté de la base',
  'see that the disk of the FILESTREAM filegroup has room':
    'vérifier qu’il reste de la place sur le disque du groupe de fichiers FILESTREAM',
  'it is written with every key: the run takes longer and needs more log':
    'il est écrit avec chaque clé : l’opération dure plus longtemps et demande plus de journal des transactions',
  'rebuild the index after the run': 'reconstruire l’index après l’opération',
  'indexed view': 'vue indexée',
  'it holds the value and is written with every key: the run takes longer and needs more log':
    'elle contient la valeur et est écrite avec chaque clé : l’opération dure plus longtemps et demande plus de journal des transactions',
  'know that the view shows the new values': 'savoir que la vue montre les nouvelles valeurs',
  'computed column': 'colonne calculée',
  'it is made of the value and changes with it': 'elle est tirée de la valeur et change avec elle',
  'see that nothing outside the database remembers what it was':
    'vérifier que rien hors de la base ne retient ce qu’elle était',
  'check constraint': 'contrainte CHECK',
  'a new value that breaks it stops the run, resumable':
    'une nouvelle valeur qui l’enfreint arrête l’opération, qui peut être reprise',
  'see that it allows values of the new length': 'vérifier qu’elle admet des valeurs de la nouvelle longueur',
  'change tracking': 'suivi des modifications',
  'every swap counts as a change of its row: readers of the changes will fetch every key':
    'chaque mise en service compte comme une modification de sa ligne : les lecteurs des modifications iront chercher chaque clé',
  'tell whoever reads the changes': 'prévenir ceux qui lisent les modifications',
  'change data capture': 'capture de données modifiées',
  'the log is kept until the capture job has read it, and the change table keeps old and new values':
    'le journal des transactions est conservé jusqu’à sa lecture par le travail de capture, et la table de modifications garde anciennes et nouvelles valeurs',
  'see that the capture job runs and that the log has room; the change table is cleaned up by its own job':
    'vérifier que le travail de capture s’exécute et que le journal des transactions a de la place ; la table de modifications a son propre travail de nettoyage',
  replication: 'réplication',
  'every swap is sent to the subscribers, and the log is kept until it is':
    'chaque mise en service est envoyée aux abonnés, et le journal des transactions est conservé jusque-là',
  'see that the log reader runs; subscribers that hold keys of their own need a census of their own':
    'vérifier que l’agent de lecture du journal s’exécute ; des abonnés qui ont leurs propres clés ont besoin de leur propre recensement',
  partitions: 'partitions',
  'partitioned; batches cross the partitions as they come':
    'partitionnée ; les lots traversent les partitions sans y prêter attention',
  '{1}: features of the table': '{1} : particularités de la table',
  'none that matters': 'aucune qui importe',
  'nothing to do': 'rien à faire',
  'look yourself, in {1}.{2}; if there is one: {3}': 'regarder soi-même, dans {1}.{2} ; s’il y a lieu : {3}',
  'grant VIEW DEFINITION on the database': 'accorder VIEW DEFINITION sur la base',
  '{1} ({2}): {3}': '{1} ({2}) : {3}',
  // target-checks.ts
  'in the schema': 'présence dans le schéma',
  '{1} is not there': 'il manque : {1}',
  'key columns': 'colonnes de clé primaire',
  'allows NULL': 'admet NULL',
  'is of a type that cannot serve as a lasting key': 'est d’un type qui ne peut servir de clé durable',
  '{1} {2} {3}': '{1} {2} {3}',
  'name other key columns in the key map': 'nommer d’autres colonnes de clé primaire dans la cartographie des clés',
  'unique index on the key': 'index unique sur la clé primaire',
  'no unique, unfiltered, enabled index on exactly {1} in this order':
    'aucun index unique, sans filtre et actif sur exactement {1} dans cet ordre',
  "name the columns of the table's primary key or of a unique index in the key map, in the index's order":
    'nommer dans la cartographie des clés les colonnes de la clé primaire de la table ou d’un index unique, dans l’ordre de l’index',
  'value column': 'colonne de valeur',
  'is computed': 'est calculée',
  'name the column that it is computed from': 'nommer la colonne dont elle est calculée',
  'was created under SET ANSI_PADDING OFF: it trims trailing zero bytes and blanks':
    'a été créée sous SET ANSI_PADDING OFF : elle supprime les octets nuls et les blancs de fin',
  'rebuild the column under SET ANSI_PADDING ON first': 'reconstruire d’abord la colonne sous SET ANSI_PADDING ON',
  'cannot hold encoding binary': 'ne peut contenir l’encodage binary',
  'declare base64, hex or pem, whichever the column holds':
    'déclarer base64, hex ou pem, selon ce que contient la colonne',
  '{1}, {2} as {3}': '{1}, {2} en {3}',
  padding: 'remplissage',
  '{1} is padded by the server, but the key map declares padding {2}':
    '{1} est complété par le serveur, mais la cartographie des clés déclare le remplissage {2}',
  'declare "padding": "{1}" for this target': 'déclarer "padding": "{1}" pour cette cible',
  'room for the new values': 'place pour les nouvelles valeurs',
  '{1} has room for any': '{1} a de la place pour toutes',
  'the new values are as long as the old ones': 'les nouvelles valeurs sont aussi longues que les anciennes',
  'the new values are longer, and {1} does not tell how much of it is used':
    'les nouvelles valeurs sont plus longues, et {1} ne dit pas quelle part en est utilisée',
  'a value that does not fit is left as it is and named':
    'une valeur qui ne tient pas est laissée telle quelle et nommée',
  'up to {1} of {2} bytes needed': 'jusqu’à {1} octets sur {2} nécessaires',
  'up to {1} of {2} characters needed': 'jusqu’à {1} caractères sur {2} nécessaires',
  'widen {1}, or issue the new root with a shorter key':
    'élargir {1}, ou émettre la nouvelle racine avec une clé plus courte',
  'indexes on the value': 'index sur la valeur',
  none: 'aucun',
  'each of them is written with every key: the run takes longer and needs more log':
    'chacun est écrit avec chaque clé : l’opération dure plus longtemps et demande plus de journal des transactions',
  triggers: 'déclencheurs',
  '{1}: an INSTEAD OF trigger decides what an UPDATE writes':
    '{1} : un déclencheur INSTEAD OF décide de ce qu’écrit un UPDATE',
  'disable the INSTEAD OF trigger for the time of the run':
    'désactiver le déclencheur INSTEAD OF pour la durée de l’opération',
  '{1}: fired by every batch, as allowed': '{1} : exécutés à chaque lot, comme permis',
  'know what they do': 'savoir ce qu’ils font',
  '{1}: fired by every batch': '{1} : exécutés à chaque lot',
  'disable them for the time of the run, or allow them with --allow-triggers':
    'les désactiver pour la durée de l’opération, ou les permettre avec --allow-triggers',
};
