/** What is attempted reads as a noun: it stands before a colon when it failed. */
import type { Catalogue } from '../language.ts';

export const ROTATION: Catalogue = {
  // saved-plan.ts
  'refused, nothing was changed: the plan of {1} no longer holds':
    'refusé, rien n’a été modifié : le plan du {1} n’est plus valable',
  'find out what changed; if it is right, make a new plan with --dry-run --plan-out and look at it again':
    'chercher ce qui a changé ; si c’est voulu, refaire un plan avec --dry-run --plan-out et le relire',
  'tool: planned with {1}, this is {2}': 'outil : prévu avec {1}, celui-ci est {2}',
  'server: planned {1}, found {2}': 'serveur : {1} prévu, {2} trouvé',
  'database: planned {1}, found {2}': 'base de données : {1} prévue, {2} trouvée',
  'old root: planned {1}, given {2}': 'ancienne racine : {1} prévue, {2} donnée',
  'new root: planned {1}, given {2}': 'nouvelle racine : {1} prévue, {2} donnée',
  'key map: target {1} {2}': 'plan des clés : cible {1} {2}',
  'key map: target {1} is not in the plan': 'plan des clés : la cible {1} n’est pas dans le plan',
  'key map: {1} was ignored': 'plan des clés : {1} était ignorée',
  'key map: {1} is ignored now': 'plan des clés : {1} est ignorée maintenant',
  '{1}: {2}: planned {3}, found {4}': '{1} : {2} : {3} prévues, {4} trouvées',
  '{1}; at most {2} may differ ({3})': '{1} ; un écart de {2} au plus est admis ({3})',
  // enter-run.ts
  'run {1} is not the one to go on with any more: another tool changed the runs meanwhile':
    'l’opération {1} n’est plus celle à poursuivre : un autre outil a modifié les opérations entre-temps',
  'look at {1}, then run the same command again': 'consulter {1}, puis relancer la même commande',
  // prepare-job.ts
  'not confirmed': 'non confirmé',
  // run-segments.ts
  '{1} has no segments although it was planned': '{1} n’a pas de segments alors que cette cible a été planifiée',
  'this should not happen: please report it with the log file':
    'cela ne devrait pas arriver : merci de le signaler avec le fichier de trace',
  // segment.ts
  'segment {1} belongs to target number {2}, which the key map does not name':
    'le segment {1} appartient à la cible numéro {2}, que le plan des clés ne nomme pas',
  // what is attempted
  'reading {1}': 'lecture de {1}',
  'writing {1}': 'écriture dans {1}',
  'listing the runs': 'liste des opérations',
  'reading the targets of the run': 'lecture des cibles de l’opération',
  'reading the targets of run {1}': 'lecture des cibles de l’opération {1}',
  'planning {1}': 'planification de {1}',
  'reading the segments': 'lecture des segments',
  'reading the ledger': 'lecture du registre des lots',
  'naming the keys left behind in {1}': 'désignation des clés laissées de côté dans {1}',
  'listing columns': 'liste des colonnes',
  "creating the tool's own tables": 'création des tables propres à l’outil',
  'recording the run': 'enregistrement de l’opération',
  'moving the run from {1} to {2}': 'passage de l’opération de l’état « {1} » à l’état « {2} »',
  'looking at the run': 'consultation de l’opération',
  'holding run {1}': 'maintien de l’opération {1}',
  'asking for the rights of the login': 'demande des droits de la connexion',
  'asking the server': 'interrogation du serveur',
  'inspecting {1}': 'examen de {1}',
  'connecting for {1}': 'connexion pour {1}',
  'taking run {1}': 'prise en charge de l’opération {1}',
  'checking ignored columns': 'contrôle des colonnes ignorées',
  'looking for earlier runs': 'recherche d’opérations antérieures',
  'listing earlier runs': 'liste des opérations antérieures',
  'segment {1} of {2}': 'segment {1} de {2}',
  'claiming {1}': 'réservation, {1}',
  'finding where segment {1} of {2} stands': 'recherche de l’avancement du segment {1} de {2}',
  'going to segment {1} of {2}': 'passage au segment {1} de {2}',
  'comparing segment {1} of {2}': 'comparaison du segment {1} de {2}',
  'looking for rows gone from {1}': 'recherche de lignes disparues de {1}',
  'sweep of {1}': 'balayage de {1}',
  'claiming the sweep of {1}': 'réservation du balayage de {1}',
  'verifying segment {1} of {2}': 'vérification du segment {1} de {2}',
  // batches.ts, brakes.ts, carry-out.ts, change-ca.ts
  'a new envelope of {1} came back without its proof; it was not written':
    'une nouvelle enveloppe de {1} est revenue sans sa preuve ; elle n’a pas été écrite',
  'stopped on request': 'arrêté sur demande',
  // census.ts
  '{1}: {2} is not there': '{1} : {2} : absence constatée',
  '{1}: {2} is not there; nothing was changed': '{1} : {2} : absence constatée ; rien n’a été modifié',
  'restore it, or give the key map that the change was made with':
    'la rétablir, ou donner le plan des clés utilisé pour le changement',
  'the key map does not fit the database: {1}': 'le plan des clés ne correspond pas à la base : {1}',
  'correct the key map: it must name tables and columns as they are in the database':
    'corriger le plan des clés : il doit nommer tables et colonnes telles qu’elles sont dans la base',
  // definition-difference.ts, plan.ts
  '({1}) is missing from the key map': '({1}) manque dans le plan des clés',
  '({1}) is defined differently: {2}': '({1}) est définie autrement : {2}',
  '{1} was {2} and is now {3}': '{1} était {2} et est maintenant {3}',
  'not declared': 'non déclaré',
  'run {1} was written by srkey {2} in layout {3}; this tool knows layouts up to {4}':
    'l’opération {1} a été écrite par srkey {2} au format {3} ; cet outil connaît les formats jusqu’à {4}',
  'use srkey {1} or newer on this database': 'utiliser srkey {1} ou plus récent sur cette base',
  '{1} is unfinished and has the same roots the other way round':
    '{1} est inachevée et a les mêmes racines en sens inverse',
  '{1} is unfinished and has other roots': '{1} est inachevée et a d’autres racines',
  'old and new value look swapped: exchange --old-value and --new-value to finish that run':
    'ancienne et nouvelle valeur semblent inversées : échanger --old-value et --new-value pour finir cette opération',
  'finish that run first, with the roots it was started with: old {1}, new {2}':
    'finir d’abord cette opération, avec les racines de son démarrage : ancienne {1}, nouvelle {2}',
  '{1} is in state {2}, which {3} cannot go on with': '{1} est dans l’état « {2} », que {3} ne peut pas poursuivre',
  'finish it with srkey {1} and the same roots': 'la finir avec srkey {1} et les mêmes racines',
  'or, when its new root is not the one in use, throw it away: it has changed no stored key (srkey drop-journal --run {1})':
    'ou, si sa nouvelle racine n’est pas celle en service, l’abandonner : elle n’a modifié aucune clé stockée (srkey drop-journal --run {1})',
  '{1} is done: there is nothing left to stage': '{1} est terminée : il n’y a plus rien à préparer',
  'srkey change-ca with the same roots finds what was written under the old root since':
    'srkey change-ca avec les mêmes racines trouve ce qui a été écrit depuis sous l’ancienne racine',
  '{1} is unfinished and {2}': '{1} est inachevée et {2}',
  'run the same command again with the key map that the run was started with; targets may be added to it':
    'relancer la même commande avec le plan des clés du démarrage de l’opération ; on peut y ajouter des cibles',
  'its target {1} {2}': 'sa cible {1} {2}',
  'run {1} (old root {2}, new root {3}, started {4} by {5})':
    'l’opération {1} (ancienne racine {2}, nouvelle racine {3}, commencée {4} par {5})',
  // ownership.ts
  'another srkey is at work on this run: {1} on {2} (process {3}), since {4}':
    'un autre srkey travaille sur cette opération : {1} sur {2} (processus {3}), depuis {4}',
  'wait for it to finish, or stop it and run the same command again':
    'attendre qu’il finisse, ou l’arrêter et relancer la même commande',
  // preflight.ts
  'refused by preflight, nothing was changed: {1}': 'refusé par les contrôles préalables, rien n’a été modifié : {1}',
  // retry.ts
  '{1} failed {2} times in {3} s, last with: {4}': '{1} : {2} échecs en {3} s, en dernier : {4}',
  'see that the server and the network are up, then run the same command again: it resumes':
    'vérifier que le serveur et le réseau fonctionnent, puis relancer la même commande : elle reprend',
  // root-evidence.ts
  '{1}: a sample opened': '{1} : ouverture d’un échantillon',
  'see that envelope, encoding, hashes, label and padding in the key map are what the column holds':
    'vérifier qu’enveloppe, encodage, fonctions de hachage, étiquette et remplissage du plan des clés sont ceux de la colonne',
  'none opens: {1}': 'aucune ne s’ouvre : {1}',
  'in the sample {1}': 'dans l’échantillon : {1}',
  'look again when the failed checks pass': 'regarder à nouveau quand les contrôles en échec passeront',
  'the roots open the stored keys': 'les racines ouvrent les clés stockées',
  'none in the sample, but further on {1}': 'aucune dans l’échantillon, mais plus loin : {1}',
  'no stored key in any target: nothing to change': 'aucune clé stockée dans aucune cible : rien à changer',
  'give the root that encrypted these keys as the old value; if it is the right one, look at the envelopes in the key map':
    'donner comme ancienne valeur la racine qui a chiffré ces clés ; si c’est la bonne, revoir les enveloppes du plan des clés',
  'no stored key opens under either root: {1}': 'aucune clé stockée ne s’ouvre avec l’une des deux racines : {1}',
  'every readable key is under the new root already, as {1} left them: {2}':
    'chaque clé lisible est déjà sous la nouvelle racine, comme {1} les a laissées : {2}',
  'old and new value look swapped: no stored key opens under the old root ({1}), and no run of this tool made it so: {2}':
    'ancienne et nouvelle valeur semblent inversées : aucune clé stockée ne s’ouvre avec l’ancienne racine ({1}), et aucune opération de cet outil n’en est la cause : {2}',
  'exchange --old-value and --new-value; if another tool has changed the keys already, there is nothing left to do (`srkey census` shows it)':
    'échanger --old-value et --new-value ; si un autre outil a déjà changé les clés, il n’y a plus rien à faire (`srkey census` le montre)',
  '{1} under the old root, {2} under the new, {3} foreign, {4} unreadable, {5} empty':
    '{1} sous l’ancienne racine, {2} sous la nouvelle, {3} {3:étrangère|étrangères}, {4} {4:illisible|illisibles}, {5} {5:vide|vides}',
  // segment.ts, sweep.ts, verify.ts
  'after {1} passes over {2} keys under the old root still appear':
    'après {1} passages sur {2}, des clés sous l’ancienne racine apparaissent encore',
  'find what still writes to {1}.{2} (a server that is not on the new root yet?) and stop or switch it':
    'trouver ce qui écrit encore dans {1}.{2} (un serveur pas encore passé à la nouvelle racine ?) et l’arrêter ou le basculer',
  '{1} of segment {2} of {3} keep changing while they are verified':
    '{1} du segment {2} de {3} {1:change|changent} encore pendant la vérification',
  '{1}: {2}, but {3} in the account of them': '{1} : {2}, mais {3} dans leur décompte',
  // tally.ts
  'no batch was committed since this start; {1}': 'aucun lot n’a été validé depuis ce démarrage ; {1}',
  '{1} ({2}) committed since this start; {3}': '{1} ({2}) {1:validé|validés} depuis ce démarrage ; {3}',
  'what was rewrapped before stays rewrapped': 'ce qui était déjà rechiffré le reste',
  'keys already rewrapped stay rewrapped': 'les clés déjà rechiffrées le restent',
  'no stored key was changed; what was staged before stays in the journal':
    'aucune clé enregistrée n’a été modifiée ; ce qui était déjà préparé reste dans le journal',
  'no stored key was changed; what is staged stays in the journal':
    'aucune clé enregistrée n’a été modifiée ; ce qui est préparé reste dans le journal',
  'keys that already have their old value back keep it':
    'les clés qui ont déjà retrouvé leur ancienne valeur la gardent',
  'keys that have their old value back keep it': 'les clés qui ont retrouvé leur ancienne valeur la gardent',
  'no stored key was changed; of the journal of run {1} a part may be gone already':
    'aucune clé enregistrée n’a été modifiée ; une partie du journal de l’exécution {1} a peut-être déjà disparu',
  'run the same command again: it goes on with what is left':
    'relancer la même commande : elle continue avec ce qui reste',
  '{1}; about {2} remain': '{1} ; il reste environ {2}',
  '{1}; every row was gone through, what remains is the sweep and the check':
    '{1} ; chaque ligne a été parcourue, il reste le balayage et la vérification',
  'keep both roots and run the same command again: it resumes where this stopped':
    'garder les deux racines et relancer la même commande : elle reprend là où ceci s’est arrêté',
  'nothing was changed': 'rien n’a été modifié',
  '{1}; {2}': '{1} ; {2}',
  // map-checks.ts
  'one target for each value column': 'une seule cible par colonne de valeur',
  '{1}.{2}.{3} is named twice': '{1}.{2}.{3} est nommée deux fois',
  'keep one of the two targets in the key map': 'garder une des deux cibles dans le plan des clés',
  'columns that may hold keys': 'colonnes qui peuvent contenir des clés',
  'each is a target or ignored with a reason': 'chacune est une cible ou est ignorée avec un motif',
  'map each one, or ignore it with a reason; until then nothing is known about keys in them':
    'en faire une cible, ou l’ignorer avec un motif ; d’ici là, on ne sait rien des clés qu’elles contiendraient',
  'neither mapped nor ignored: {1}': 'ni cible ni ignorée : {1}',
  'ignored columns exist': 'existence des colonnes ignorées',
  'not in the database: {1}': 'absente de la base : {1}',
  'correct the key map: likely a typing error': 'corriger le plan des clés : sans doute une faute de frappe',
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
  'run {1} ({2}) is swapped from its journal': 'l’opération {1} ({2}) est échangée depuis son journal',
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
  'EMBEDDED, not SQL Server: {1}': 'EMBARQUÉ, non SQL Server : {1}',
  'for the demo and the tests only': 'pour la démonstration et les tests seulement',
  'unknown engine ({1}): {2}': 'moteur inconnu ({1}) : {2}',
  'the tool is made for SQL Server; try it on a copy first':
    'l’outil est fait pour SQL Server ; l’essayer d’abord sur une copie',
  'server version': 'version du serveur',
  'the embedded server of this tool': 'le serveur embarqué de cet outil',
  'the server does not tell its version': 'le serveur ne dit pas sa version',
  'SQL Server 2012 or later is needed': 'il faut SQL Server 2012 ou plus récent',
  '{1} is older than SQL Server 2012': '{1} est antérieur à SQL Server 2012',
  'attach the database to SQL Server 2012 or later': 'attacher la base à SQL Server 2012 ou plus récent',
  'database can be written': 'écriture possible dans la base',
  '{1} is writable': '{1} est ouverte en écriture',
  '{1} is read-only': '{1} est en lecture seule',
  'make the database writable, or connect to the primary replica':
    'ouvrir la base en écriture, ou se connecter au réplica principal',
  'rights of the login': 'droits de la connexion',
  '{1} has every right the run needs': '{1} a tous les droits qu’il faut à l’opération',
  '{1} lacks {2}': 'il manque à {1} : {2}',
  // purge.ts, rights-check.ts
  'the login lacks {1} on {2}': 'il manque à la connexion {1} sur {2}',
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
    'vérifier qu’il y a place pour {1} de données et {2} de journal des transactions',
  'about {1} needed, {2} free': 'environ {1} nécessaires, {2} libres',
  'up to {1} needed, {2} free': 'jusqu’à {1} nécessaires, {2} libres',
  'see that the disk has room': 'vérifier qu’il y a place sur le disque',
  'back the log up during the run, or see that there is room; a full log stops the run, resumable':
    'sauvegarder le journal des transactions pendant l’opération, ou vérifier qu’il y a place ; un journal plein arrête l’opération, qui peut être reprise',
  'the file cannot grow': 'le fichier ne peut pas grandir',
  'the file grows by itself': 'le fichier grandit de lui-même',
  'the file grows by itself, by {1} at most': 'le fichier grandit de lui-même, de {1} au plus',
  '{1}, and {2}': '{1}, et {2}',
  '{1}, and {2}, within the 10 GB that Express allows a database':
    '{1}, et {2}, dans la limite de 10 Go que l’édition Express permet à une base',
  'drop the journals of earlier runs, or move the database to another edition for the time of the run':
    'supprimer les journaux d’opérations antérieures, ou déplacer la base vers une autre édition pour la durée de l’opération',
  'enlarge the data file, or let it grow further':
    'agrandir le fichier de données, ou lui permettre de grandir davantage',
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
  '{1}: the log grows until it is backed up':
    '{1} : le journal des transactions grandit jusqu’à ce qu’il soit sauvegardé',
  'row versions': 'versions de lignes',
  'none are kept': 'aucune n’est conservée',
  '{1}: each swapped value leaves a version in tempdb for a while':
    '{1} : chaque valeur échangée laisse pour un temps une version dans tempdb',
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
  'as committed': 'telle que validée',
  'DELAYED_DURABILITY = FORCED: a crash of the server may take back batches that were answered as committed':
    'DELAYED_DURABILITY = FORCED : une panne du serveur peut reprendre des lots annoncés comme validés',
  'ALTER DATABASE … SET DELAYED_DURABILITY = DISABLED for the time of the run; else run the command again after a crash':
    'ALTER DATABASE … SET DELAYED_DURABILITY = DISABLED pour la durée de l’opération ; sinon relancer la commande après une panne',
  'open transactions on the targets': 'transactions ouvertes sur les cibles',
  'a batch that meets a lock waits and is tried again; VIEW SERVER STATE lets the tool name who holds it':
    'un lot qui rencontre un verrou attend et est réessayé ; VIEW SERVER STATE permet à l’outil de nommer qui le détient',
  'and {1} more': 'et {1} de plus',
  'let these end first: batches would wait for them and be tried again':
    'les laisser finir d’abord : les lots les attendraient et seraient réessayés',
  'on {1}': 'sur {1}',
  'session {1}, {2}: {3} on {4} for {5}': 'session {1}, {2} : {3} sur {4} depuis {5}',
  // trait-checks.ts
  'row-level security': 'sécurité au niveau des lignes',
  'a security policy may hide rows: keys that nobody counts would be left behind':
    'une stratégie de sécurité peut masquer des lignes : des clés que nul ne compte seraient laissées de côté',
  'switch the policy off for the time of the run: ALTER SECURITY POLICY … WITH (STATE = OFF)':
    'désactiver la stratégie pour la durée de l’opération : ALTER SECURITY POLICY … WITH (STATE = OFF)',
  'data masking': 'masquage des données',
  'the column is masked for this login, which reads the mask instead of the key':
    'la colonne est masquée pour cette connexion, qui lit le masque au lieu de la clé',
  'GRANT UNMASK to the database user of this login for the time of the run':
    'GRANT UNMASK à l’utilisateur de base de cette connexion pour la durée de l’opération',
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
  'name the current table in the key map': 'nommer la table courante dans le plan des clés',
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
    'une clé stockée n’est pas une clé de table : corriger le plan des clés, ou supprimer la clé étrangère',
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
  'each swap writes a new file beside the database': 'chaque échange écrit un nouveau fichier à côté de la base',
  'see that the disk of the FILESTREAM filegroup has room':
    'vérifier qu’il y a place sur le disque du groupe de fichiers FILESTREAM',
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
    'chaque échange compte comme une modification de sa ligne : les lecteurs des modifications iront chercher chaque clé',
  'tell whoever reads the changes': 'prévenir ceux qui lisent les modifications',
  'change data capture': 'capture de données modifiées',
  'the log is kept until the capture job has read it, and the change table keeps old and new values':
    'le journal des transactions est conservé jusqu’à sa lecture par le travail de capture, et la table de modifications garde anciennes et nouvelles valeurs',
  'see that the capture job runs and that the log has room; the change table is cleaned up by its own job':
    'vérifier que le travail de capture s’exécute et que le journal des transactions a de la place ; la table de modifications a son propre travail de nettoyage',
  replication: 'réplication',
  'every swap is sent to the subscribers, and the log is kept until it is':
    'chaque échange est envoyé aux abonnés, et le journal des transactions est conservé jusque-là',
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
  '{1} is not there': '{1} : absence constatée',
  'key columns': 'colonnes de clé primaire',
  'allows NULL': 'admet NULL',
  'is of a type that cannot serve as a lasting key': 'est d’un type qui ne peut servir de clé durable',
  '{1} {2} {3}': '{1} {2} {3}',
  'name other key columns in the key map': 'nommer d’autres colonnes de clé primaire dans le plan des clés',
  'unique index on the key': 'index unique sur la clé primaire',
  'no unique, unfiltered, enabled index on exactly {1} in this order':
    'aucun index unique, sans filtre et actif sur exactement {1} dans cet ordre',
  "name the columns of the table's primary key or of a unique index in the key map, in the index's order":
    'nommer dans le plan des clés les colonnes de la clé primaire de la table ou d’un index unique, dans l’ordre de l’index',
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
    '{1} est complété par le serveur, mais le plan des clés déclare le remplissage {2}',
  'declare "padding": "{1}" for this target': 'déclarer "padding": "{1}" pour cette cible',
  'room for the new values': 'place pour les nouvelles valeurs',
  '{1} has room for any': '{1} a place pour toutes',
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
  // drop-journal.ts, rollback.ts
  "bringing the tool's own tables up to date": 'mise à jour des tables de l’outil',
  'reading the targets': 'lecture des cibles',
  'dropping the journal': 'suppression du journal',
  'recording that the journal is gone': 'enregistrement de la suppression du journal',
  'verifying the run': 'vérification de l’opération',
  'the journal of run {1} was dropped on {2}; what may be left of it goes now':
    'le journal de l’opération {1} a été supprimé le {2} ; ce qui peut en rester disparaît maintenant',
  '{1} rows of {2} are not as the run left them: whether a key is under the old root is not known':
    '{1} lignes de {2} ne sont pas telles que l’opération les a laissées : on ne sait pas si une clé dépend de l’ancienne racine',
  'run srkey change-ca with the roots of that run once more, then drop the journal':
    'relancer srkey change-ca avec les racines de cette opération, puis supprimer le journal',
  'there is no run {1} in this database': 'il n’y a pas d’opération {1} dans cette base de données',
  'srkey runs lists them': 'srkey runs les liste',
  '{1} is {2}: its journal is all there is to finish it or to roll it back':
    '{1} : état {2} ; son journal est tout ce qui permet de la terminer ou de l’annuler',
  'finish it first, with srkey {1}': 'la terminer d’abord, avec srkey {1}',
  'there is nothing to roll back: no run of this database has changed a key':
    'il n’y a rien à annuler : aucune opération de cette base n’a changé de clé',
  'the newest change is another one: {1}': 'le dernier changement en est un autre : {1}',
  'give the roots of that run as --old-value and --new-value, as they were given for the change':
    'donner les racines de cette opération en --old-value et --new-value, comme pour le changement',
  'the journal of {1} was dropped: no old value is left':
    'le journal de {1} a été supprimé : il ne reste aucune ancienne valeur',
  'srkey change-ca with the two roots exchanged seals every key for the old root again':
    'srkey change-ca avec les deux racines échangées chiffre de nouveau chaque clé pour l’ancienne racine',
  '{1} is {2}: it has changed no stored key': '{1} : état {2} ; elle n’a changé aucune clé stockée',
  'to throw it away: srkey drop-journal --run {1}': 'pour la jeter : srkey drop-journal --run {1}',
  '{1} worked on {2}, which the key map does not hold': '{1} a traité {2}, que le plan des clés ne contient pas',
  'give the key map that the change was made with': 'donner le plan des clés avec lequel le changement a été fait',
  // verify-run.ts, verify-target.ts, open-standing.ts
  'it does not open under the new root': 'elle ne s’ouvre pas avec la nouvelle racine',
  'run the same command again: segments in which every key was opened are not opened again':
    'relancer la même commande : les segments dont chaque clé a été ouverte ne le sont pas de nouveau',
  'forgetting which segments were opened': 'oubli des segments ouverts',
  'verify --full opens every key under both roots, and the old root ({1}) was given without its private key':
    'verify --full ouvre chaque clé avec les deux racines, et l’ancienne racine ({1}) a été donnée sans sa clé privée',
  'verify --full opens every key under both roots, and the new root ({1}) was given without its private key':
    'verify --full ouvre chaque clé avec les deux racines, et la nouvelle racine ({1}) a été donnée sans sa clé privée',
  'give both root files with their private keys, or leave --full out: live values are then compared with the journal byte by byte':
    'donner les deux fichiers racines avec leurs clés privées, ou omettre --full : les valeurs sont alors comparées au journal octet par octet',
  'there is nothing to verify: no run of this database has these roots':
    'il n’y a rien à vérifier : aucune opération de cette base n’a ces racines',
  'srkey runs lists the runs and their roots; srkey census counts the keys without a journal':
    'srkey runs liste les opérations et leurs racines ; srkey census compte les clés sans journal',
  'a later change has replaced what run {1} wrote: {2}':
    'un changement ultérieur a remplacé ce que l’opération {1} avait écrit : {2}',
  'give the roots of that run, or count the keys with srkey census':
    'donner les racines de cette opération, ou compter les clés avec srkey census',
  'the journal of {1} was dropped on {2}: there is nothing left to hold the live values against':
    'le journal de {1} a été supprimé le {2} : il n’y a plus rien à quoi confronter les valeurs',
  'srkey census --full opens every key and tells which root it needs':
    'srkey census --full ouvre chaque clé et dit de quelle racine elle a besoin',
  'the run is held by {1} on {2}: what is changed while this runs may be told as changed by others':
    'l’opération est tenue par {1} sur {2} : ce qui change pendant ce temps peut être dit changé par d’autres',
  'an earlier verify --full was stopped: {1} of its segments, opened since {2}, are not opened again':
    'un verify --full antérieur a été arrêté : {1} de ses segments, ouverts depuis le {2}, ne sont pas rouverts',
  'recording that segment {1} of {2} was opened': 'enregistrement de l’ouverture du segment {1} de {2}',
  'this login may not record what was opened: when it is stopped, verify begins anew':
    'cette connexion n’a pas le droit d’enregistrer ce qui a été ouvert : s’il est arrêté, verify recommence',
  // plan.ts: two certificates of one key
  '{1} seals keys for another certificate of the same new key: the one given (serial {2}, {3}) would not be named in them':
    '{1} scelle les clés pour un autre certificat de la même nouvelle clé : celui qui est donné (série {2}, {3}) n’y serait pas nommé',
  'give the certificate that the run was begun with': 'donner le certificat avec lequel l’opération a commencé',
  'give the certificate that the run was begun with; if the servers hold the other one, srkey rollback, then srkey change-ca with that':
    'donner le certificat avec lequel l’opération a commencé ; si les serveurs ont l’autre, srkey rollback, puis srkey change-ca avec celui-là',
};
