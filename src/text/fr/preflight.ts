/** What preflight looks at before anything is written: key map, roots, earlier runs, server, rights, database. */
import type { Catalogue } from '../language.ts';

export const PREFLIGHT: Catalogue = {
  // preflight.ts
  'refused by preflight, nothing was changed: {1}': 'refusé par les contrôles préalables, rien n’a été modifié : {1}',
  // root-evidence.ts
  '{1}: a sample opened': '{1} : ouverture d’un échantillon',
  'see that envelope, encoding, hashes, label and padding in the key map are what the column holds':
    'vérifier qu’enveloppe, encodage, fonctions de hachage, étiquette et remplissage de la cartographie des clés sont ceux de la colonne',
  'none opens: {1}': 'aucune ne s’ouvre : {1}',
  'in the sample {1}': 'dans l’échantillon : {1}',
  'look again when the failed checks pass': 'regarder à nouveau quand les contrôles en échec passeront',
  'the roots open the stored keys': 'les racines ouvrent les clés stockées',
  'none in the sample, but further on {1}': 'aucune dans l’échantillon, mais plus loin : {1}',
  'no stored key in any target: nothing to change': 'aucune clé stockée dans aucune cible : rien à changer',
  'give the root that encrypted these keys as the old value; if it is the right one, look at the envelopes in the key map':
    'donner comme ancienne valeur la racine qui a chiffré ces clés ; si c’est la bonne, revoir les enveloppes de la cartographie des clés',
  'no stored key opens under either root: {1}': 'aucune clé stockée ne s’ouvre avec l’une des deux racines : {1}',
  'every readable key is under the new root already, as {1} left them: {2}':
    'chaque clé lisible est déjà sous la nouvelle racine, comme {1} les a laissées : {2}',
  'old and new value look swapped: no stored key opens under the old root ({1}), and no run of this tool made it so: {2}':
    'ancienne et nouvelle valeur semblent inversées : aucune clé stockée ne s’ouvre avec l’ancienne racine ({1}), et aucune opération de cet outil n’en est la cause : {2}',
  'exchange --old-value and --new-value; if another tool has changed the keys already, there is nothing left to do (`srkey census` shows it)':
    'échanger --old-value et --new-value ; si un autre outil a déjà changé les clés, il n’y a plus rien à faire (`srkey census` le montre)',
  '{1} under the old root, {2} under the new, {3} foreign, {4} unreadable, {5} empty':
    '{1} sous l’ancienne racine, {2} sous la nouvelle, {3} {3:étrangère|étrangères}, {4} {4:illisible|illisibles}, {5} {5:vide|vides}',
  // map-checks.ts
  'one target for each value column': 'une seule cible par colonne de valeur',
  '{1}.{2}.{3} is named twice': '{1}.{2}.{3} est nommée deux fois',
  'keep one of the two targets in the key map': 'garder une des deux cibles dans la cartographie des clés',
  'columns that may hold keys': 'colonnes qui peuvent contenir des clés',
  'each is a target or ignored with a reason': 'chacune est une cible ou est ignorée avec un motif',
  'map each one, or ignore it with a reason; until then nothing is known about keys in them':
    'en faire une cible, ou l’ignorer avec un motif ; d’ici là, on ne sait rien des clés qu’elles contiendraient',
  'neither mapped nor ignored: {1}': 'ni cible ni ignorée : {1}',
  'ignored columns exist': 'existence des colonnes ignorées',
  'not in the database: {1}': 'absente de la base : {1}',
  'correct the key map: likely a typing error': 'corriger la cartographie des clés : sans doute une faute de frappe',
  // root-checks.ts
  'old and new root differ': 'ancienne et nouvelle racine diffèrent',
  '{1} and {2}': '{1} et {2}',
  'both files hold the same key': 'les deux fichiers contiennent la même clé',
  'give the root that was in use before as the old value, and the one in use now as the new value':
    'donner comme ancienne valeur la racine utilisée avant, et comme nouvelle valeur celle utilisée maintenant',
  'both roots are certificate authorities': 'les deux racines sont des autorités de certification',
  '{1} ({2}) is not a CA certificate': '{1} ({2}) n’est pas un certificat d’autorité',
  'give root.pem, not a server, console or agent certificate':
    'donner root.pem, non un certificat de serveur, de console ou d’agent',
  'private keys': 'clés privées',
  'the old root holds no private key: it cannot open stored keys':
    'l’ancienne racine ne contient pas de clé privée : elle ne peut pas ouvrir les clés stockées',
  'give the whole old_root.pem': 'donner old_root.pem en entier',
  'both roots hold theirs': 'les deux racines ont la leur',
  'the new root is a certificate alone: not enough for rsa-pkcs1 ({1})':
    'la nouvelle racine est un certificat seul : insuffisant pour rsa-pkcs1 ({1})',
  'give the new root with its private key': 'donner la nouvelle racine avec sa clé privée',
  'the new root is a certificate alone: no new envelope can be opened to prove it':
    'la nouvelle racine est un certificat seul : aucune nouvelle enveloppe ne peut être ouverte comme preuve',
  'give the new root with its private key, or run `srkey census` with it afterwards':
    'donner la nouvelle racine avec sa clé privée, ou lancer ensuite `srkey census` avec elle',
  'key of the old root': 'clé de l’ancienne racine',
  'RSA {1}, signed with {2}': 'RSA {1}, signature {2}',
  'the new root (from {1}) is older than the old one (from {2})':
    'la nouvelle racine (du {1}) est antérieure à l’ancienne (du {2})',
  '{1}; the old root expired on {2}, and still opens the stored keys':
    '{1} ; l’ancienne racine a expiré le {2}, et ouvre encore les clés stockées',
  'key of the new root': 'clé de la nouvelle racine',
  'RSA {1}': 'RSA {1}',
  'RSA {1} is too short': 'RSA {1} est trop court',
  'issue a new root of {1} bits or more': 'émettre une nouvelle racine de {1} bits ou plus',
  'validity of the roots': 'validité des racines',
  'the new root has expired ({1})': 'la nouvelle racine a expiré ({1})',
  'are old and new value swapped? Otherwise issue a new root':
    'ancienne et nouvelle valeur sont-elles inversées ? Sinon, émettre une nouvelle racine',
  'the new root is not valid yet ({1})': 'la nouvelle racine n’est pas encore valide ({1})',
  "check this computer's clock, or wait": 'vérifier l’horloge de cet ordinateur, ou attendre',
  'the old root is valid until {1}, for more than a month':
    'l’ancienne racine est valide jusqu’au {1}, plus d’un mois encore',
  'the how-to changes roots not more than a month before the old one expires':
    'la procédure change de racine un mois au plus avant l’expiration de l’ancienne',
  // run-check.ts
  'earlier runs': 'opérations antérieures',
  'see the list of runs with `srkey runs`': 'voir la liste des opérations avec `srkey runs`',
  'run {1} ({2}) is swapped from its journal':
    'les valeurs de l’opération {1} ({2}) sont mises en service depuis son journal',
  'run {1} ({2}) is resumed': 'l’opération {1} ({2}) est reprise',
  'run {1} is done; what came after it is looked for':
    'l’opération {1} est terminée ; ce qui est arrivé depuis est recherché',
  'run {1} made the same change the other way round, on {2}':
    'l’opération {1} a fait le même changement en sens inverse, le {2}',
  'go on only if you mean to change back; otherwise old and new value are swapped':
    'ne continuer que pour revenir en arrière ; sinon ancienne et nouvelle valeur sont inversées',
  'none in the way': 'aucune ne fait obstacle',
  // server-checks.ts
  '{1} on {2} as {3}': '{1} sur {2} en tant que {3}',
  'EMBEDDED, not SQL Server: {1}': 'INTÉGRÉ, pas SQL Server : {1}',
  'for the demo and the tests only': 'pour la démonstration et les tests seulement',
  'unknown engine ({1}): {2}': 'moteur inconnu ({1}) : {2}',
  'the tool is made for SQL Server; try it on a copy first':
    'l’outil est fait pour SQL Server ; l’essayer d’abord sur une copie',
  'server version': 'version du serveur',
  'the embedded server of this tool': 'le serveur intégré de cet outil',
  'the server does not tell its version': 'le serveur ne dit pas sa version',
  'SQL Server 2012 or later is needed': 'il faut SQL Server 2012 ou plus récent',
  '{1} is older than SQL Server 2012': '{1} est antérieur à SQL Server 2012',
  'attach the database to SQL Server 2012 or later': 'attacher la base à SQL Server 2012 ou plus récent',
  'database can be written': 'écriture possible dans la base',
  '{1} is writable': '{1} est ouverte en écriture',
  '{1} is read-only': '{1} est en lecture seule',
  'make the database writable, or connect to the primary replica':
    'ouvrir la base en écriture, ou se connecter au réplica principal',
  'rights of the login': 'droits du compte',
  '{1} has every right the run needs': '{1} a tous les droits qu’il faut à l’opération',
  '{1} lacks {2}': 'il manque à {1} : {2}',
  // purge.ts, rights-check.ts
  'the login lacks {1} on {2}': 'il manque au compte {1} sur {2}',
  'a missing right would stop the run where it is needed, resumable; nothing is lost then':
    'un droit manquant arrêterait l’opération là où il en faut, et elle pourrait être reprise ; rien ne serait perdu',
  '{1}: made beforehand, and not for the target as it is now':
    '{1} : créée à l’avance, et non pour la cible telle qu’elle est maintenant',
  'let a DBA drop them, and make them again as `srkey ddl --next-run` prints them':
    'les faire supprimer par un DBA, puis recréer telles que `srkey ddl --next-run` les écrit',
  'tables made for the run': 'tables créées pour l’opération',
  'let a DBA grant them: sql/rotation/rights.sql and `srkey ddl` hold the statements':
    'les faire accorder par un DBA : sql/rotation/rights.sql et `srkey ddl` contiennent les instructions',
  'or let a DBA make the state tables, or bring older ones up to date: `srkey ddl` prints the script that does both':
    'ou faire créer les tables d’état par un DBA, ou mettre à jour les anciennes : `srkey ddl` écrit le script qui fait les deux',
  'or let a DBA make the tables ({1}): `srkey ddl` and `srkey ddl --next-run` print them':
    'ou faire créer les tables ({1}) par un DBA : `srkey ddl` et `srkey ddl --next-run` les écrivent',
  'last full backup': 'dernière sauvegarde complète',
  'make a full backup now, and keep the old root with it: without that root the backup cannot be read':
    'faire une sauvegarde complète maintenant, et garder l’ancienne racine avec elle : sans cette racine, la sauvegarde est illisible',
  'there was never one': 'il n’y en a jamais eu',
  '{1}, more than a day ago': '{1}, il y a plus d’un jour',
  'space for the journal': 'espace pour le journal',
  'space in the transaction log': 'espace dans le journal des transactions',
  'see that {1} of data and {2} of log have room':
    'vérifier qu’il y a de la place pour {1} de données et {2} de journal des transactions',
  'about {1} needed, {2} free': 'environ {1} nécessaires, {2} libres',
  'up to {1} needed, {2} free': 'jusqu’à {1} nécessaires, {2} libres',
  'see that the disk has room': 'vérifier qu’il reste de la place sur le disque',
  'back the log up during the run, or see that there is room; a full log stops the run, resumable':
    'sauvegarder le journal des transactions pendant l’opération, ou vérifier qu’il y a de la place ; un journal plein arrête l’opération, qui peut être reprise',
  'the file cannot grow': 'le fichier ne peut pas croître',
  'the file grows by itself': 'le fichier croît automatiquement',
  'the file grows by itself, by {1} at most': 'le fichier croît automatiquement, de {1} au plus',
  '{1}, and {2}': '{1}, et {2}',
  '{1}, and {2}, within the 10 GB that Express allows a database':
    '{1}, et {2}, dans la limite de 10\u00a0Go que l’édition Express permet à une base',
  'drop the journals of earlier runs, or move the database to another edition for the time of the run':
    'supprimer les journaux d’opérations antérieures, ou déplacer la base vers une autre édition pour la durée de l’opération',
  'enlarge the data file, or let it grow further':
    'agrandir le fichier de données, ou lui permettre de croître davantage',
  // database-checks.ts
  'settings of the database': 'réglages de la base de données',
  'could not be read, because {1}': 'lecture impossible, parce que : {1}',
  'look at recovery model, availability group, replication and access of the database yourself':
    'examiner soi-même mode de récupération, groupe de disponibilité, réplication et accès de la base',
  'access to the database': 'accès à la base de données',
  'restricted to owners (RESTRICTED_USER)': 'réservé aux propriétaires (RESTRICTED_USER)',
  'agents cannot reach their keys until it is MULTI_USER again':
    'les agents ne peuvent pas atteindre leurs clés tant qu’elle n’est pas repassée en MULTI_USER',
  'one connection at a time (SINGLE_USER): the tool needs several':
    'une seule connexion à la fois (SINGLE_USER) : il en faut plusieurs à l’outil',
  'ALTER DATABASE … SET MULTI_USER, or RESTRICTED_USER to keep others out':
    'ALTER DATABASE … SET MULTI_USER, ou RESTRICTED_USER pour tenir les autres à l’écart',
  'compatibility level': 'niveau de compatibilité',
  '{1}, of a version before SQL Server 2012': '{1}, d’une version antérieure à SQL Server 2012',
  'the tool needs nothing of later levels, but it has not been tried on this one: try it on a copy first':
    'l’outil n’a besoin d’aucun niveau plus récent, mais n’a pas été essayé avec celui-ci : l’essayer d’abord sur une copie',
  'recovery model and log': 'mode de récupération et journal des transactions',
  '{1}; the log cannot be reused now because of {2}':
    '{1} ; le journal des transactions ne peut pas être réutilisé maintenant, à cause de {2}',
  'mend that first: the run fills the log, and a full log stops it, resumable':
    'y remédier d’abord : l’opération remplit le journal des transactions, et un journal plein l’arrête ; elle peut être reprise',
  'SIMPLE: the log is reused batch by batch': 'SIMPLE : le journal des transactions est réutilisé lot par lot',
  '{1}: the log grows until it is backed up': '{1} : le journal des transactions croît jusqu’à sa sauvegarde',
  'row versions': 'versions de lignes',
  'none are kept': 'aucune n’est conservée',
  '{1}: each swapped value leaves a version in tempdb for a while':
    '{1} : chaque valeur mise en service laisse pour un temps une version dans tempdb',
  'other copies of the database': 'autres copies de la base',
  'availability group: synchronous replicas slow every batch down':
    'groupe de disponibilité : les réplicas synchrones ralentissent chaque lot',
  'replication: the log is kept until the log reader has read it':
    'réplication : le journal des transactions est conservé jusqu’à sa lecture par l’agent de lecture',
  'change data capture: the log is kept until the capture job has read it':
    'capture de données modifiées : le journal des transactions est conservé jusqu’à sa lecture par le travail de capture',
  'see that each of them keeps up, and watch the log during the run':
    'vérifier que chacune suit le rythme, et surveiller le journal des transactions pendant l’opération',
  'durability of commits': 'durabilité des validations',
  'as committed': 'immédiate, à la validation',
  'DELAYED_DURABILITY = FORCED: a crash of the server may take back batches that were answered as committed':
    'DELAYED_DURABILITY = FORCED : une panne du serveur peut reprendre des lots annoncés comme validés',
  'ALTER DATABASE … SET DELAYED_DURABILITY = DISABLED for the time of the run; else run the command again after a crash':
    'ALTER DATABASE … SET DELAYED_DURABILITY = DISABLED pour la durée de l’opération ; sinon relancer la commande après une panne',
  'open transactions on the targets': 'transactions ouvertes sur les cibles',
  'a batch that meets a lock waits and is tried again; VIEW SERVER STATE lets the tool name who holds it':
    'un lot qui rencontre un verrou attend, puis est retenté ; VIEW SERVER STATE permet à l’outil de nommer qui le détient',
  'and {1} more': 'et {1} de plus',
  'let these end first: batches would wait for them and be tried again':
    'les laisser finir d’abord : les lots les attendraient, puis seraient retentés',
  'on {1}': 'sur {1}',
  'session {1}, {2}: {3} on {4} for {5}': 'session {1}, {2} : {3} sur {4} depuis {5}',
};
