import type { Catalogue } from '../language.ts';

export const UI: Catalogue = {
  // menu
  'step {1} of {2}': 'étape {1} sur {2}',
  'Encryption key database maintenance': 'Maintenance de la base de clés de chiffrement',
  'Resume the unfinished change': 'Reprendre le changement inachevé',
  'goes on after the last committed batch, with the same server and files':
    'continue après le dernier lot validé, avec le même serveur et les mêmes fichiers',
  'Change certificate authority': 'Changer d’autorité de certification',
  're-encrypts every stored key for the new root; checks and a dry run come first':
    'rechiffre chaque clé stockée pour la nouvelle racine ; contrôles et simulation d’abord',
  Census: 'Recensement',
  'counts keys by root: may the old certificates be purged? Changes nothing':
    'recense les clés par racine : peut-on purger les anciens certificats ? Ne modifie rien',
  Runs: 'Opérations',
  'the changes that the key database knows, and who is at work':
    'les changements que connaît la base de clés, et qui est à l’œuvre',
  'Inspect a root file': 'Examiner un fichier racine',
  'subject, fingerprint, validity, private key; no server needed':
    'sujet, empreinte, validité, clé privée ; sans serveur',
  Quit: 'Quitter',
  'leaves srkey': 'quitte srkey',
  'not now: {1}': 'pas maintenant : {1}',
  'A change that was begun here on {1} has not been seen to end. What it committed stands.':
    'La fin d’un changement commencé ici le {1} n’a pas été constatée. Ce qu’il a validé reste acquis.',
  'try on the embedded demo database': 'essayer sur la base de démonstration intégrée',
  'log in elsewhere': 'se connecter ailleurs',
  leave: 'quitter',
  choose: 'choisir',
  open: 'ouvrir',
  back: 'retour',
  // remedies in the words of the screens
  '“{1}”': '« {1} »',
  '{1} (by opening every key)': '{1} (en ouvrant chaque clé)',
  // for a screen reader
  'ok:': 'en ordre :',
  'warning:': 'attention :',
  'error:': 'erreur :',
  'unknown:': 'inconnu :',
  'what to do:': 'que faire :',
  'arrow keys': 'touches fléchées',
  'arrow keys left, right': 'flèches gauche, droite',
  selected: 'choix',
  button: 'bouton',
  // keys
  Enter: 'Entrée',
  Esc: 'Échap',
  Tab: 'Tab',
  'to come': 'à venir',
  // login
  'Login to the key database': 'Connexion à la base de clés',
  'Server\\instance': 'Serveur\\instance',
  Database: 'Base de données',
  Authentication: 'Authentification',
  'Windows domain': 'Domaine Windows',
  User: 'Utilisateur',
  Password: 'Mot de passe',
  'Server certificate': 'Certificat du serveur',
  'Its authority (PEM)': 'Son autorité (PEM)',
  'Old server': 'Serveur ancien',
  'SQL01, SQL01\\SES or SQL01,1433': 'SQL01, SQL01\\SES ou SQL01,1433',
  'SQL Server login': 'compte SQL Server',
  'Windows account (NTLM)': 'compte Windows (NTLM)',
  'verified by this computer': 'vérifié par cet ordinateur',
  'verified with a file': 'vérifié avec un fichier',
  'not verified: any certificate will do': 'non vérifié : tout certificat est accepté',
  'yes: TLS 1.0 and weak certificates': 'oui : TLS 1.0 et certificats faibles',
  no: 'non',
  'from SRKEY_PASSWORD': 'celui de SRKEY_PASSWORD',
  'e.g. {1}': 'p. ex. {1}',
  field: 'champ',
  'next, connect': 'suivant, connecter',
  change: 'changer',
  'try on the demo': 'essayer la démonstration',
  Connect: 'Se connecter',
  'connecting to {1}; Esc gives the form back': 'connexion à {1} ; Échap rend le formulaire',
  'this field is needed': 'ce champ est nécessaire',
  // demo
  'Making a demo database': 'Création d’une base de démonstration',
  'two root authorities: one about to expire, its successor':
    'deux autorités racines : l’une près d’expirer, et celle qui lui succède',
  'a key database in this program, spoken to like a SQL Server':
    'une base de clés dans ce programme, à qui l’on parle comme à un SQL Server',
  'stored keys of every kind, a foreign and a damaged one among them':
    'des clés stockées de toutes sortes, dont une étrangère et une endommagée',
  'It touches no server of yours, and is gone when srkey ends.':
    'Elle ne touche aucun de vos serveurs et disparaît quand srkey se termine.',
  // files
  'Old value, new value, key map': 'Ancienne et nouvelle valeur, cartographie',
  'Old value': 'Ancienne valeur',
  'New value': 'Nouvelle valeur',
  'Key map': 'Cartographie',
  "the root before the renewal: old_root.pem from a server's main folder":
    'la racine d’avant le renouvellement : old_root.pem du dossier principal d’un serveur',
  "the renewed root: root.pem from a server's main folder":
    'la racine renouvelée : root.pem du dossier principal d’un serveur',
  'The JSON file that says which columns of the database hold stored keys. Nothing is done without one.':
    'Le fichier JSON qui dit quelles colonnes de la base contiennent des clés stockées. Rien ne se fait sans lui.',
  'None is set: no SRKEY_KEY_MAP, no "keyMap" or "targets" in {1}.':
    'Aucun réglage n’en donne : ni SRKEY_KEY_MAP, ni "keyMap" ou "targets" dans {1}.',
  'Ctrl-R takes that of the reference schema, {1}: it fits the demo database alone. Copy it and put in the tables of yours; the checks list the columns to choose from.':
    'Ctrl-R prend celle du schéma de référence, {1} : elle ne convient qu’à la base de démonstration. La copier et y mettre les tables de la vôtre ; les contrôles listent les colonnes parmi lesquelles choisir.',
  'Stormshield publishes no key map. README, "How to find out a key map", leads to yours.':
    'Stormshield ne publie pas de cartographie. README, « How to find out a key map », mène à la vôtre.',
  'reference map': 'celle de référence',
  // how thoroughly keys are looked at
  Count: 'Méthode',
  'by the journal, and by reading what it lacks': 'par le journal, et en lisant le reste',
  'Where a run has its journal, SQL Server counts what stands as the run left it; of the rest, envelopes name their root.':
    'Là où une opération a son journal, SQL Server compte ce qui est resté tel quel ; pour le reste, les enveloppes nomment leur racine.',
  'by opening every key': 'en ouvrant chaque clé',
  'Owes the journal nothing: every row is read, every key opened. Takes about as long as a change.':
    'Ne doit rien au journal : chaque ligne est lue, chaque clé ouverte. Dure à peu près autant qu’un changement.',
  'value by value': 'valeur par valeur',
  'SQL Server compares every live value with the journal, byte by byte. No private key is needed.':
    'SQL Server compare chaque valeur en service au journal, octet par octet. Aucune clé privée n’est nécessaire.',
  'value by value, and the keys inside': 'valeur par valeur, et les clés qu’elles contiennent',
  'Opens the old value and the live one of every row as well, and compares the keys. Takes about twice as long as a change, and both private keys.':
    'Ouvre en plus l’ancienne valeur et celle en service de chaque ligne, et compare les clés. Dure à peu près deux fois autant qu’un changement, et demande les deux clés privées.',
  'take, next': 'prendre, suivant',
  complete: 'compléter',
  'swap old and new': 'échanger les deux',
  'Go on': 'Continuer',
  'Old and new value are exchanged.': 'Ancienne et nouvelle valeur sont échangées.',
  'Both files hold the same root: one of the two is the wrong file.':
    'Les deux fichiers contiennent la même racine : l’un des deux n’est pas le bon.',
  'These look swapped: the new value was made before the old value. Ctrl-X exchanges them.':
    'Elles semblent inversées : la nouvelle valeur est antérieure à l’ancienne. Ctrl-X les échange.',
  'type a path, or drop the file here': 'un chemin, ou le fichier déposé ici',
  passphrase: 'phrase secrète',
  'reading the file': 'lecture du fichier',
  'the private key in this file is encrypted; Enter opens it':
    'la clé privée de ce fichier est chiffrée ; Entrée l’ouvre',
  '{1}; {2} ignored on purpose': '{1} ; {2} {2:ignorée|ignorées} exprès',
  '{1} of {2} shown; type to narrow them down': '{1} sur {2} ; taper pour restreindre la liste',
  'valid {1} to {2}': 'valide du {1} au {2}',
  'no private key inside': 'sans clé privée',
  // a root file
  File: 'Fichier',
  'itself (self-signed)': 'elle-même (autosignée)',
  // checks
  'Checks before anything is written': 'Contrôles avant toute écriture',
  'Server, rights, backup': 'Serveur, droits, sauvegarde',
  'Both roots': 'Les deux racines',
  'Key map and columns': 'Cartographie et colonnes',
  Space: 'Espace',
  'Earlier runs': 'Opérations antérieures',
  'The roots open the keys': 'Les racines ouvrent les clés',
  UNKNOWN: 'INCONNU',
  groups: 'groupes',
  'every check': 'tous les contrôles',
  'go on': 'continuer',
  'I have read this warning': 'j’ai lu cette alerte',
  'swap the roots, check again': 'échanger les racines et recontrôler',
  'check again': 'recontrôler',
  'let these triggers fire, check again': 'laisser agir ces déclencheurs et recontrôler',
  'back to the files': 'retour aux fichiers',
  ' ({1} checks)': ' ({1} {1:contrôle|contrôles})',
  'check|checks': 'contrôle|contrôles',
  'Reads only: nothing is changed by looking.': 'Lecture seule : regarder ne modifie rien.',
  'Nothing stands against the change: {1} made. Enter goes on.':
    'Rien ne s’oppose au changement : {1} {1:effectué|effectués}. Entrée continue.',
  'Warning {1} of {2}: {3}': 'Alerte {1} sur {2} : {3}',
  'Refused: nothing was changed. {1} failed.': 'Refusé : rien n’a été modifié. En échec : {1}.',
  // dry run
  'Dry run: what the change would do': 'Simulation : ce que ferait le changement',
  'go on to the confirmation': 'passer à la confirmation',
  scroll: 'défiler',
  'Not confirmed: nothing was changed.': 'Non confirmé : rien n’a été modifié.',
  'measuring this computer and looking at the targets': 'mesure de cet ordinateur et examen des cibles',
  'counting: {1} of {2}': 'recensement : {1} sur {2}',
  'to rewrap': 'à rechiffrer',
  'none in the sample that was opened': 'aucune dans l’échantillon ouvert',
  'at least {1}: neither root opens them, they stay as they are':
    'au moins {1} : aucune des deux racines ne {1:l’ouvre, elle reste telle quelle|les ouvre, elles restent telles quelles}',
  // classes of keys, as columns
  unopened: 'non ouvertes',
  '{1} left behind, untouched:': '{1} {1:laissée|laissées} de côté, {1:intacte|intactes} :',
  'more below': 'suite plus bas',
  'more above': 'début plus haut',
  // confirmation
  'Confirm the change': 'Confirmer le changement',
  'begin, if the word is {1}': 'commencer, si le mot est {1}',
  'back, nothing is changed': 'retour, rien n’est modifié',
  'looking at everything once more; nothing is written yet':
    'tout est examiné une fois encore ; rien n’est encore écrit',
  'Type {1} to begin:': 'Taper {1} pour commencer :',
  'new since the checks: {1}': 'nouveau depuis les contrôles : {1}',
  'The run goes on after its last committed batch. Old values stay in the journal.':
    'L’opération continue après son dernier lot validé. Les anciennes valeurs restent dans le journal.',
  // progress
  'Changing the certificate authority': 'Changement d’autorité de certification',
  'Census: counting keys by root': 'Recensement des clés par racine',
  'fewer details': 'moins de détails',
  details: 'détails',
  pause: 'pause',
  resume: 'reprendre',
  'stop after this batch': 'arrêter après ce lot',
  threads: 'threads',
  stop: 'arrêter',
  '{1}  {2} of {3}': '{1}  {2} sur {3}',
  'measuring the speed': 'mesure de la vitesse',
  'keys changing for': 'changement depuis',
  'counting for': 'recensement depuis',
  'last ledger entry': 'dernier lot',
  'none yet': 'aucun encore',
  'batch {1} committed {2}, {3}': 'lot {1} validé à {2}, {3}',
  'RSA threads': 'threads RSA',
  retries: 'nouvelles tentatives',
  'left behind so far': 'laissées de côté',
  '{1}, resumed, in state {2}': '{1}, reprise, état {2}',
  '{1}, in state {2}': '{1}, état {2}',
  'last retry': 'dernière tentative',
  '{1} of {2}; rewrapped {3}, new already {4}, empty {5}, swept {6}':
    '{1} sur {2} ; rechiffrées {3}, déjà nouvelles {4}, vides {5}, balayées {6}',
  note: 'note',
  swept: 'balayée',
  verified: 'vérifiée',
  counted: 'recensée',
  'Cutting at once. What was committed stands; the next start finds out about the rest.':
    'Coupure immédiate. Ce qui a été validé reste acquis ; le prochain démarrage établira le reste.',
  'Stopping: the batch in work is finished or rolled back, then the run waits to be resumed. Ctrl-C cuts at once.':
    'Arrêt : le lot en cours est terminé ou annulé, puis l’opération attend d’être reprise. Ctrl-C coupe tout de suite.',
  'Stopping. Nothing is being changed.': 'Arrêt. Rien n’est en cours de modification.',
  'Waiting for {1} on {2}: takes over in {3} unless that tool shows a sign of life.':
    'Attente de {1} sur {2} : prend le relais dans {3} sauf signe de vie de cet outil.',
  'No connection: next try in {1} (attempt {2}). What was committed stands.':
    'Pas de connexion : nouvel essai dans {1} (tentative {2}). Ce qui a été validé reste acquis.',
  'No connection: trying again now (attempt {1}). What was committed stands.':
    'Pas de connexion : nouvel essai en cours (tentative {1}). Ce qui a été validé reste acquis.',
  'PAUSED for {1}: nothing is in work, nothing is locked, the run stays ours. p goes on.':
    'EN PAUSE depuis {1} : rien en cours, rien de verrouillé, srkey garde l’opération. p continue.',
  'Pausing: what is in work is finished first.': 'Mise en pause : ce qui est en cours est d’abord terminé.',
  'No answer from the server for {1}.': 'Pas de réponse du serveur depuis {1}.',
  'Looking at the targets.': 'Examen des cibles.',
  'Counting keys by root. Nothing is changed by it.': 'Recensement des clés par racine. Cela ne modifie rien.',
  'Taking the run.': 'Prise en charge de l’opération.',
  'Sweep {1} of {2}: looking for keys that others wrote meanwhile.':
    'Balayage {1} de {2} : recherche de clés écrites entre-temps par d’autres.',
  'Rewrapping: opened with the old root, sealed for the new one, {1}.':
    'Rechiffrement : ouvertes avec l’ancienne racine, chiffrées pour la nouvelle, {1}.',
  'Verifying: every live key is accounted for.': 'Vérification : chaque clé en service doit être justifiée.',
  'Putting the old values back.': 'Remise en place des anciennes valeurs.',
  'Preparing the run.': 'Préparation de l’opération.',
  // questions
  'One question': 'Une question',
  'no, go on': 'non, continuer',
  'stop at once': 'arrêter tout de suite',
  'Leave srkey?': 'Quitter srkey ?',
  'Nothing is in work. What was typed is remembered, secrets apart.':
    'Rien n’est en cours. Ce qui a été tapé est mémorisé, sauf les secrets.',
  'Stop the change after the batch in work?': 'Arrêter le changement après le lot en cours ?',
  'The work goes on while this is asked. Stopping loses nothing: the run is resumed where it stood. But keys that still need the old root stay out of reach until then.':
    'Le travail continue pendant cette question. Arrêter ne perd rien : l’opération reprendra où elle en était. Mais les clés qui ont encore besoin de l’ancienne racine restent hors d’atteinte d’ici là.',
  'Stop?': 'Arrêter ?',
  'Nothing is being changed.': 'Rien n’est en cours de modification.',
  // result
  Result: 'Résultat',
  'back to the menu': 'retour au menu',
  'resume now': 'reprendre maintenant',
  check: 'contrôle',
  '{1} compared with the journal, {2} unaccounted for':
    '{1} {1:comparée|comparées} au journal, {2} non {2:justifiée|justifiées}',
  report: 'rapport',
  'log file': 'fichier de trace',
  'NOT PROVEN SAFE: do not purge the old certificates now. What speaks against it is below.':
    'SÛRETÉ NON PROUVÉE : ne pas purger maintenant les anciens certificats. Ce qui s’y oppose est ci-dessous.',
  'Finished: every key that opened with the old root now needs the new one. {1} left behind.':
    'Terminé : chaque clé qui s’ouvrait avec l’ancienne racine a maintenant besoin de la nouvelle. Laissées de côté : {1}.',
  'Nothing was changed.': 'Rien n’a été modifié.',
  'Stopped. What was committed stands, and the run can be resumed at any time.':
    'Arrêté. Ce qui a été validé reste acquis, et l’opération peut être reprise à tout moment.',
  'Stopped by a failure. What was committed stands, and the run can be resumed.':
    'Arrêté par une panne. Ce qui a été validé reste acquis, et l’opération peut être reprise.',
  'Backups made before the change need old_root.pem for as long as they are kept: keep that file.':
    'Les sauvegardes d’avant le changement ont besoin de old_root.pem aussi longtemps qu’on les garde : conserver ce fichier.',
  'cleanup_cert.bat (phase 3) deletes the old certificates, with no way back.':
    'cleanup_cert.bat (phase 3) supprime les anciens certificats, sans retour possible.',
  'Change the certificate authority first: keys under the old root would be lost for ever.':
    'Changer d’abord d’autorité de certification : les clés sous l’ancienne racine seraient perdues pour toujours.',
  'Resume it, here with r or later from the menu, also from another workstation with the same files.':
    'La reprendre, ici avec r ou plus tard depuis le menu, ou d’un autre poste avec les mêmes fichiers.',
  'Let the agents reconnect; they get their keys through servers that hold the new root.':
    'Laisser les agents se reconnecter ; ils reçoivent leurs clés par des serveurs qui ont la nouvelle racine.',
  'Keep old_root.pem in a safe place: backups of this database made before today need it for ever.':
    'Garder old_root.pem en lieu sûr : les sauvegardes de cette base faites avant aujourd’hui en ont besoin pour toujours.',
  'Purge the old certificates (phase 3, cleanup_cert.bat) only when a census is clean.':
    'Ne purger les anciens certificats (phase 3, cleanup_cert.bat) qu’après un recensement sans réserve.',
  'Find out about the keys left behind before the old certificates are purged (phase 3, cleanup_cert.bat): a census must be clean.':
    'Tirer au clair le cas des clés laissées de côté avant de purger les anciens certificats (phase 3, cleanup_cert.bat) : le recensement doit être sans réserve.',
  // runs
  'Runs that this key database knows': 'Opérations connues de cette base de clés',
  'look again': 'regarder à nouveau',
  'No run yet: this database holds no tables of srkey, or none of its runs.':
    'Aucune opération : cette base ne contient ni tables de srkey, ni opération.',
  '{1} by {2}, srkey {3}': '{1} par {2}, srkey {3}',
  'held by': 'détenue par',
  '{1} on {2} (process {3}), last sign of life {4} ago': '{1} sur {2} (processus {3}), dernier signe de vie il y a {4}',
  'Run {1}: unfinished ({2})': 'Opération {1} : inachevée ({2})',
  'Run {1}: {2}': 'Opération {1} : {2}',
};
