import type { Catalogue } from '../language.ts';

export const OUTPUT: Catalogue = {
  // census-page.ts
  all: 'toutes',
  target: 'cible',
  column: 'colonne',
  keys: 'clés',
  'not opened': 'non ouvertes',
  '{1}: {2} still under the old root, lost for ever by the purge':
    '{1} : {2} encore sous l’ancienne racine, {2:perdue|perdues} à jamais par la purge',
  'run srkey change-ca first': 'lancer d’abord srkey change-ca',
  '{1}: {2} unreadable: nobody can tell which root they need':
    '{1} : {2} {2:illisible|illisibles} : personne ne peut dire quelle racine il {2:lui|leur} faut',
  'find out before the purge': 'l’établir avant la purge',
  '{1}: {2} under neither of the two roots, perhaps an older one':
    '{1} : {2} sous aucune des deux racines, peut-être sous une plus ancienne',
  'find its file before the purge': 'trouver son fichier avant la purge',
  '{1}: {2} not opened, so of no class yet': '{1} : {2} non {2:ouverte|ouvertes}, donc encore sans classe',
  'run srkey census --full': 'lancer srkey census --full',
  '{1}: may hold keys, and the key map neither names nor ignores it':
    '{1} : peut contenir des clés, et la cartographie des clés ne la nomme ni ne l’ignore',
  'the database does not show all of its columns ({1}): others may hold keys':
    'la base ne montre pas toutes ses colonnes ({1}) : d’autres peuvent contenir des clés',
  'the new root was given as a certificate alone: nobody has seen a stored key open under it':
    'la nouvelle racine a été donnée sous forme de certificat seul : personne n’a vu une clé stockée s’ouvrir avec elle',
  'give it with its private key': 'la donner avec sa clé privée',
  'The purge of the old certificates (phase 3, cleanup_cert.bat) deletes every trace of the old root; there is no way back.':
    'La purge des anciens certificats (phase 3, cleanup_cert.bat) efface toute trace de l’ancienne racine ; il n’y a pas de retour possible.',
  'What speaks against it:': 'Ce qui s’y oppose :',
  'NOT PROVEN SAFE: do not run the purge now.': 'SÛRETÉ NON PROUVÉE : ne pas lancer la purge maintenant.',
  'In the columns of the key map no key needs the old root any more: as far as they go, the purge loses nothing.':
    'Dans les colonnes de la cartographie des clés, aucune clé n’a plus besoin de l’ancienne racine : pour elles, la purge ne perd rien.',
  'That holds for this database and this key map, as of now. Backups made before the change need old_root.pem for ever: keep it.':
    'Cela vaut pour cette base et cette cartographie des clés, en ce moment. Les sauvegardes d’avant le changement auront toujours besoin de old_root.pem : le garder.',
  '{1} of them hold no key at all (NULL or empty).':
    '{1} d’entre elles ne {1:contient|contiennent} aucune clé (NULL ou vide).',
  'Columns that the key map neither names as a target nor ignores with a reason:':
    'Colonnes que la cartographie des clés ne nomme pas comme cible ni n’ignore avec un motif :',
  // change-page.ts
  WARNINGS: 'ALERTES',
  '{1}, see above: {2}': '{1}, voir plus haut : {2}',
  'About to change the certificate authority': 'Sur le point de changer d’autorité de certification',
  server: 'serveur',
  database: 'base de données',
  '{1} in the columns of the key map': '{1} dans les colonnes de la cartographie des clés',
  'old root': 'ancienne racine',
  'new root': 'nouvelle racine',
  'Every key that opens with the old root will be sealed for the new one. Old values stay in the journal.':
    'Chaque clé qui s’ouvre avec l’ancienne racine sera chiffrée pour la nouvelle. Les anciennes valeurs restent dans le journal.',
  'Done: every key in the columns of the key map now needs the new root.':
    'Terminé : chaque clé des colonnes de la cartographie des clés a maintenant besoin de la nouvelle racine.',
  'Finished: every key that opened with the old root now needs the new one.':
    'Terminé : chaque clé qui s’ouvrait avec l’ancienne racine a maintenant besoin de la nouvelle.',
  '{1} left behind, untouched: neither root opens them, or they are damaged. They are named above and in the log file.':
    '{1} {1:laissée|laissées} de côté, {1:intacte|intactes} : aucune des deux racines ne {1:l’ouvre|les ouvre}, ou {1:elle est endommagée|elles sont endommagées}. Détail plus haut et dans le fichier de trace.',
  'Next:': 'Ensuite :',
  '  - Let the agents reconnect; they get their keys through servers that hold the new root.':
    '  - Laisser les agents se reconnecter ; ils obtiennent leurs clés des serveurs qui détiennent la nouvelle racine.',
  '  - Keep old_root.pem in a safe place: backups of this database made before today need it for ever.':
    '  - Garder old_root.pem en lieu sûr : les sauvegardes de cette base antérieures à aujourd’hui en auront toujours besoin.',
  '  - Purge the old certificates (phase 3, cleanup_cert.bat) only when srkey census --full is clean (exit code 0).':
    '  - Ne purger les anciens certificats (phase 3, cleanup_cert.bat) que si srkey census --full ne trouve rien (code de sortie 0).',
  'Dry run: nothing was written.': 'Simulation : rien n’a été écrit.',
  '{1} The change would take:': '{1} Le changement prendrait :',
  '{1} to rewrap': '{1} à rechiffrer',
  time: 'durée',
  space: 'espace',
  '{1} for the journal, {2} of transaction log': '{1} pour le journal, {2} de journal des transactions',
  'left behind': 'laissées de côté',
  'at least {1} that neither root opens, named above and in the log file. The change would end with exit code 3':
    'au moins {1} qu’aucune des deux racines n’ouvre, détail plus haut et dans le fichier de trace. Le changement finirait avec le code de sortie 3',
  // event-text.ts; wrap.ts knows the first four
  ok: 'ok',
  WARNING: 'ALERTE',
  FAILED: 'ÉCHEC',
  unknown: 'inconnu',
  '{1} passed': '{1} {1:réussi|réussis}',
  '{1} on {2} (process {3}), since {4}, last sign of life {5} ago':
    '{1} sur {2} (processus {3}), depuis {4}, dernier signe de vie il y a {5}',
  'rewrapping and applying, batch by batch': 'rechiffrement et mise en service, lot par lot',
  'rolled back {1}: {2}, {3} as before the change': '{1}, retour en arrière : {2}, dont {3} comme avant le changement',
  '{1}, {2} under the new root without an old value': '{1}, {2} sous la nouvelle racine sans ancienne valeur',
  'staged {1}: {2}, {3} ready to be swapped': '{1}, préparation : {2}, dont {3} à mettre en service',
  '{1}, {2} changed since': '{1}, {2} {2:modifiée|modifiées} depuis',
  'staged; nothing is live yet': 'préparation terminée ; rien n’est encore en service',
  'verifying: every live key is accounted for': 'vérification : chaque clé en service doit être justifiée',
  'rolling back': 'retour en arrière en cours',
  'rolled back': 'retour en arrière terminé',
  '{1}, database {2}, login {3}': '{1}, base de données {2}, compte {3}',
  'this is the embedded key database, not SQL Server': 'ceci est la base de clés intégrée, pas SQL Server',
  'waiting for {1}: takes over in {2} unless it moves': 'attente de {1} : reprise dans {2} s’il ne bouge pas',
  'run {1} goes on (state: {2})': 'l’opération {1} continue (état : {2})',
  'run {1} begins': 'l’opération {1} commence',
  'took over from {1}': 'relève de {1}',
  'target {1} ({2}): {3} in {4}': 'cible {1} ({2}) : {3} en {4}',
  '{1}, {2} already done': '{1}, dont {2} déjà {2:faite|faites}',
  'state: {1}': 'état : {1}',
  'trying again in {1} (attempt {2}): {3}: {4}': 'nouvel essai dans {1} (tentative {2}) : {3} : {4}',
  'sweep {1} of {2}: {3} changed meanwhile, {4} under the old root':
    'balayage {1} de {2} : {3} {3:modifiée|modifiées} entre-temps, {4} sous l’ancienne racine',
  'verified {1}: {2}, {3} rewrapped, {4} unaccounted for':
    '{1}, vérification : {2}, {3} {3:rechiffrée|rechiffrées}, {4} non {4:justifiée|justifiées}',
  'goes through at most {1}': 'traite au plus {1}',
  "stops at {1} by this computer's clock, resumable": 's’arrête à {1} (horloge de cet ordinateur), reprise possible',
  'pausing ({1}): what is in work is finished first': 'mise en pause ({1}) : ce qui est en cours est d’abord terminé',
  'paused: nothing is in work, nothing is locked, and the run stays ours':
    'en pause : rien n’est en cours, rien n’est verrouillé, et srkey garde l’opération',
  'the pause is over: the work goes on': 'la pause est finie : le travail continue',
  '… more keys left behind: the log file names more of them':
    '… d’autres clés laissées de côté : le fichier de trace en nomme davantage',
  'left behind ({1}): {2} [{3}]: {4}': 'laissée de côté ({1}) : {2} [{3}] : {4}',
  'waiting for {1}: {2} left': 'attente de {1} : encore {2}',
  'counting {1}': 'recensement {1}',
  'changing {1}': 'changement {1}',
  '{1} of {2}': '{1} sur {2}',
  '{1} left': 'reste {1}',
  '{1} left behind': '{1} de côté',
  paused: 'en pause',
  pausing: 'mise en pause',
  'attempt {1}': 'tentative {1}',
  'trying again ({1})': 'nouvel essai ({1})',
  'next try in {1} ({2})': 'prochain essai dans {1} ({2})',
  'trying again now ({1})': 'nouvel essai en cours ({1})',
  'no answer for {1}': 'pas de réponse depuis {1}',
  // failure.ts
  'srkey: error: {1} [{2}]': 'srkey : erreur : {1} [{2}]',
  'srkey: hint: {1}': 'srkey : conseil : {1}',
  'srkey: this is a bug of srkey, not of your database; please report it':
    'srkey : c’est un défaut de srkey, non de votre base de données ; merci de le signaler',
  'srkey: this is a bug of srkey, not of your database; please report it with the log file {1}':
    'srkey : c’est un défaut de srkey, non de votre base de données ; merci de le signaler avec le fichier de trace {1}',
  'srkey: hint: each batch is committed whole or not at all, so what was changed stands; the same command goes on from there':
    'srkey : conseil : chaque lot est validé en entier ou pas du tout, donc ce qui a été modifié reste acquis ; la même commande reprend à partir de là',
  // stage-page.ts
  'Staged before, and still current: nothing was written.':
    'Préparé auparavant, et toujours à jour : rien n’a été écrit.',
  'Staged in run {1}. No live key was touched.': 'Préparé dans l’opération {1}. Aucune clé en service n’a été touchée.',
  '{1} moved while this ran: the next stage, or change-ca itself, takes them up.':
    '{1} {1:a|ont} changé pendant ce temps : la prochaine préparation, ou change-ca lui-même, {1:la|les} reprendra.',
  '{1} cannot be staged: neither root opens them, or they are damaged.':
    'Impossible de préparer {1} : aucune des deux racines ne {1:l’ouvre|les ouvre}, ou {1:elle est endommagée|elles sont endommagées}.',
  '  - Until the switch, run the same command again now and then: it works only on what was added or changed.':
    '  - Jusqu’à la bascule, relancer la même commande de temps en temps : elle ne traite que ce qui a été ajouté ou modifié.',
  '  - After switch_cert.bat give the same two files under their new names: srkey change-ca --old-value old_root.pem --new-value root.pem. It only swaps then.':
    '  - Après switch_cert.bat, donner les deux mêmes fichiers sous leurs nouveaux noms : srkey change-ca --old-value old_root.pem --new-value root.pem. La commande n’a alors plus qu’à mettre les valeurs en service.',
  '  - A new root generated again makes this staging worthless: srkey drop-journal --run {1}.':
    '  - Une nouvelle racine générée une seconde fois rend cette préparation inutile : srkey drop-journal --run {1}.',
  'new already': 'déjà nouvelles',
  'added or changed since': 'ajoutées ou modifiées depuis',
  // log-file.ts
  'cannot write the log file {1}: {2}': 'impossible d’écrire le fichier de trace {1} : {2}',
  // roots-page.ts
  today: 'aujourd’hui',
  'in {1}': 'dans {1}',
  '{1} ago': 'il y a {1}',
  expired: 'expirée',
  'not yet valid': 'pas encore valide',
  valid: 'valide',
  subject: 'sujet',
  issuer: 'émetteur',
  '{1} (self-signed)': '{1} (autosigné)',
  serial: 'n°\u00a0de série',
  '{1}; expires {2}': '{1} ; expire {2}',
  renewal: 'renouvellement',
  'from {1}, {2} (gen_root.bat: at most 182 days before expiry)':
    'à partir du {1}, {2} (gen_root.bat : au plus 182 jours avant l’expiration)',
  switch: 'bascule',
  'from {1}, {2} (switch_cert.bat: not more than a month before expiry)':
    'à partir du {1}, {2} (switch_cert.bat : pas plus d’un mois avant l’expiration)',
  key: 'clé',
  'RSA, {1} bits': 'RSA, {1}\u00a0bits',
  signature: 'signature',
  authority: 'autorité',
  yes: 'oui',
  'no: not a certificate authority': 'non : ce n’est pas une autorité de certification',
  'private key': 'clé privée',
  'inside, matches the certificate': 'présente, correspond au certificat',
  'not inside: a certificate alone': 'absente : un certificat seul',
  // runs-page.ts
  'no run yet: this database holds no tables of srkey, or none of its runs':
    'encore aucune opération : cette base ne contient pas de tables de srkey, ou aucune opération',
  run: 'opération',
  state: 'état',
  started: 'commencée',
  by: 'par',
  ended: 'terminée',
  'not yet': 'pas encore',
  'run {1} (srkey {2})': 'opération {1} (srkey {2})',
  '  held by {1}': '  détenue par {1}',
  // way-back-page.ts
  '  run          {1}, {2}, of {3}': '  opération    {1}, {2}, du {3}',
  '  old root     {1}': '  anc. racine  {1}',
  '  new root     {1}': '  nouv. racine {1}',
  'About to roll the change back': 'Sur le point de revenir en arrière sur le changement',
  'Every one of {1} whose new value is still live gets its old value back. It will need the old root again.':
    '{1} : chaque clé dont la nouvelle valeur est encore en service retrouve son ancienne valeur. Il lui faudra de nouveau l’ancienne racine.',
  'Run {1} is rolled back: what it had changed is as it was, to the bit.':
    'Retour en arrière terminé pour l’opération {1} : ce qu’elle avait changé est comme avant, au bit près.',
  '{1} under the new root, without an old value in the journal (named above). Keep both roots; srkey change-ca with the two roots exchanged seals them for the old root.':
    '{1} sous la nouvelle racine, sans ancienne valeur dans le journal ({1:nommée|nommées} ci-dessus). Garder les deux racines ; srkey change-ca avec les deux racines échangées {1:la chiffre|les chiffre} pour l’ancienne.',
  'The change can be made again at any time: srkey change-ca with the same roots begins a new run.':
    'Le changement peut être refait à tout moment : srkey change-ca avec les mêmes racines commence une nouvelle opération.',
  'About to throw the journal of a run away': 'Sur le point de supprimer le journal d’une opération',
  'Its old and new values are deleted for good: this run can then be neither applied nor rolled back.':
    'Ses valeurs anciennes et nouvelles sont supprimées pour de bon : il ne sera plus possible de mettre cette opération en service, ni de revenir en arrière.',
  'The journal of run {1} is gone.': 'Le journal de l’opération {1} est supprimé.',
  'The journal of run {1} is empty, but the server did not let its tables be dropped (as a rule for want of the right). For a DBA:':
    'Le journal de l’opération {1} est vide, mais le serveur n’a pas laissé supprimer ses tables (en général faute de droit). Pour un DBA :',
  // standing-text.ts, verify-page.ts, and the events of verify
  'verified {1}: {2}, {3} as the journal says': '{1}, vérification : {2}, {3} {3:conforme|conformes} au journal',
  'verifying run {1} ({2}): {3}': 'vérification de l’opération {1} ({2}) : {3}',
  'every live value must be the one that the change left': 'chaque valeur doit être celle que le changement a laissée',
  'every live value must be the one that was staged, and no key is changed yet':
    'chaque valeur doit être celle qui a été préparée, et aucune clé n’est encore modifiée',
  'it is not finished, and every live value must be the one that its batch left':
    'elle n’est pas terminée, et chaque valeur doit être celle que son lot a laissée',
  'every live value must be the one from before the change': 'chaque valeur doit être celle d’avant le changement',
  'verifying {1}': 'vérification {1}',
  '… more deviations: the log file names more of them': '… d’autres écarts : le fichier de trace en nomme davantage',
  'added since': 'ajoutée depuis',
  'added since, {1}': 'ajoutée depuis, {1}',
  '{1} opened under their roots; old and new value hold the same key wherever none is named as damaged.':
    '{1} {1:ouverte|ouvertes} avec leurs racines ; l’ancienne et la nouvelle valeur contiennent la même clé partout où aucune n’est dite endommagée.',
  'Values were compared byte by byte and no key that stands was opened: srkey verify --full does that.':
    'Les valeurs ont été comparées octet par octet, sans ouvrir de clé conforme : srkey verify --full le fait.',
  'as in the journal': 'conformes au journal',
  'of these left behind': 'dont laissées de côté',
  'still to come': 'encore à venir',
  'Run {1} stands: no key of the key map needs the old root.':
    'L’opération {1} tient : aucune clé de la cartographie des clés n’a besoin de l’ancienne racine.',
  'Run {1} does not stand everywhere: look at the keys that are named.':
    'L’opération {1} ne tient pas partout : voir les clés nommées.',
  'The staging of run {1} holds keys that cannot be changed; they are named.':
    'La préparation de l’opération {1} contient des clés qui ne peuvent pas être changées ; elles sont nommées.',
  'The staging of run {1} is not through: {2} still to come. No key is changed yet.':
    'La préparation de l’opération {1} n’est pas terminée : {2} encore à venir. Aucune clé n’est encore modifiée.',
  'The staging of run {1} is current: change-ca will only swap. No key is changed yet.':
    'La préparation de l’opération {1} est à jour : change-ca n’aura qu’à mettre les valeurs en service. Aucune clé n’est encore modifiée.',
  'The staging of run {1} is current but for {2} added, changed or deleted since. No key is changed yet.':
    'La préparation de l’opération {1} est à jour, sauf pour {2} {2:ajoutée, modifiée ou supprimée|ajoutées, modifiées ou supprimées} depuis. Aucune clé n’est encore modifiée.',
  'Run {1} is not finished: some keys need the new root, others still the old one. Keep both.':
    'L’opération {1} n’est pas terminée : des clés ont besoin de la nouvelle racine, d’autres encore de l’ancienne. Garder les deux.',
  'The rollback of run {1} stands: no key of the key map needs the new root.':
    'Le retour en arrière de l’opération {1} tient : aucune clé de la cartographie des clés n’a besoin de la nouvelle racine.',
  'The rollback of run {1} does not stand everywhere: look at the keys that are named.':
    'Le retour en arrière de l’opération {1} ne tient pas partout : voir les clés nommées.',
  'Under the old root again or still: srkey change-ca with the same roots seals them for the new one.':
    'De nouveau ou encore sous l’ancienne racine : srkey change-ca avec les mêmes racines les chiffre pour la nouvelle.',
  'srkey stage with the same roots catches up with what was added or changed; change-ca does it too, later.':
    'srkey stage avec les mêmes racines rattrape ce qui a été ajouté ou modifié ; change-ca le fait aussi, plus tard.',
  'srkey change-ca with the same roots finishes it; srkey rollback takes it back.':
    'srkey change-ca avec les mêmes racines la termine ; srkey rollback revient en arrière.',
  'Under the new root, without an old value in the journal: srkey change-ca with the two roots exchanged seals them for the old root.':
    'Sous la nouvelle racine, sans ancienne valeur au journal : srkey change-ca avec les deux racines échangées les chiffre pour l’ancienne.',
  'Damaged: the journal may still hold a good value, old or new (rotation.Journal_<run>_<target>, by key); else restore those rows from a backup.':
    'Endommagées : le journal contient peut-être encore une bonne valeur, ancienne ou nouvelle (rotation.Journal_<opération>_<cible>, par clé) ; sinon restaurer ces lignes depuis une sauvegarde.',
  'Foreign: find the root that they were made for.':
    'Étrangères : trouver la racine pour laquelle elles ont été faites.',
  'Emptied: if nobody meant to, the journal holds old and new value of those keys.':
    'Vidées : si personne ne l’a voulu, le journal contient l’ancienne et la nouvelle valeur de ces clés.',
  'Of those whose root is not known, verify tells it when both root files are given with their private keys.':
    'Pour celles dont la racine est inconnue, verify la dit quand les deux fichiers racine sont donnés avec leurs clés privées.',
  '{1} left behind: neither root opened them when they were read, and they are as they were.':
    '{1} {1:laissée|laissées} de côté : aucune des deux racines ne {1:l’ouvrait|les ouvrait} à la lecture ; rien n’y a été modifié.',
  // change-page.ts: from what a forecast is reckoned
  '{1} RSA operations/s measured here; {2} to {3} rows/s assumed of the server':
    '{1} opérations RSA/s mesurées ici ; {2} à {3} lignes/s supposées du serveur',
  '{1} rows/s compared with the staging just now; a swap with its checks is taken for {2} to {3} comparisons':
    '{1} lignes/s comparées à la préparation à l’instant ; une mise en service avec ses contrôles est comptée pour {2} à {3} comparaisons',
  'at most {1}, as asked': 'au plus {1}, comme demandé',
  // census-page.ts: from what the counts are concluded
  'Concluded from:': 'Déduit de :',
  '{1} opened, every row read': '{1} {1:ouverte|ouvertes}, chaque ligne lue',
  'every row read, {1} opened; the others name their root':
    'chaque ligne lue, {1} {1:ouverte|ouvertes} ; les autres nomment leur racine',
  'the journal of run {1} ({2}): {3} to the byte as it wrote or left them':
    'le journal de l’opération {1} ({2}) : {3}, à l’octet près, comme elle les a écrites ou laissées',
  '{1} (srkey census --full opens all)': '{1} (srkey census --full ouvre tout)',
  '{1}, {2} read': '{1}, {2} {2:lue|lues}',
  'The staging is current: change-ca will only swap.':
    'La préparation est à jour : change-ca n’aura qu’à mettre les valeurs en service.',
  'The staging is current but for {1} added or changed since: srkey stage catches up, or change-ca itself.':
    'La préparation est à jour, sauf pour {1} {1:ajoutée ou modifiée|ajoutées ou modifiées} depuis : srkey stage les rattrape, ou change-ca lui-même.',
  '{1} to rewrap, added or changed since the staging; {2} only swapped from the journal, without RSA':
    '{1} à rechiffrer, {1:ajoutée ou modifiée|ajoutées ou modifiées} depuis la préparation ; {2} à mettre en service depuis le journal, sans RSA',
  '  its journal is not whole: dropped by somebody else, or hidden from this login: {1}':
    '  son journal est incomplet ; supprimé par quelqu’un d’autre, ou caché à ce compte : {1}',
};
