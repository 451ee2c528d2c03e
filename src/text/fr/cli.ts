import type { Catalogue } from '../language.ts';

export const CLI: Catalogue = {
  // plan-options.ts, change-jobs.ts
  '--drift and --drift-reason go with --plan-out: the plan says what may differ':
    '--drift et --drift-reason vont avec --plan-out : le plan dit quel écart est admis',
  '--plan-out goes with --dry-run: a plan is made before the change':
    '--plan-out va avec --dry-run : un plan se fait avant le changement',
  'to hold the change to a plan that was made, give --plan':
    'pour tenir le changement à un plan déjà fait, donner --plan',
  '--drift must be a whole number of keys, 0 or more': '--drift doit être un nombre entier de clés, 0 ou plus',
  '--drift needs --drift-reason: whoever reads the plan must know why keys may differ':
    '--drift demande --drift-reason : qui lit le plan doit savoir pourquoi un écart est admis',
  'report: {1}': 'rapport : {1}',
  'new HTML file for the report, also of a job that fails or is stopped':
    'nouveau fichier HTML pour le rapport, aussi en cas d’échec ou d’arrêt',
  'plan saved: {1}': 'plan enregistré : {1}',
  'new file for the plan that a dry run makes': 'nouveau fichier pour le plan que fait une simulation',
  'plan of a dry run: refuse anything that differs from it': 'plan d’une simulation : refuser tout ce qui en diffère',
  "keys by which the plan's counts may differ (default: 0)":
    'écart admis sur les nombres de clés du plan (par défaut : 0)',
  'why they may, for whoever reads the plan': 'pourquoi il est admis, pour qui lit le plan',
  // until.ts
  '--until {1} is now: it would stop before it begins, or tomorrow':
    '--until {1}, c’est maintenant : l’arrêt aurait lieu avant le début, ou demain',
  'give a time that is still to come, or leave --until out': 'donner une heure à venir, ou omettre --until',
  'the time given with --until has come': 'l’heure donnée par --until est venue',
  // change-jobs.ts
  '--full goes with --dry-run: a change opens every key anyway':
    '--full va avec --dry-run : un changement ouvre de toute façon chaque clé',
  'to have every new envelope opened again before it is written, give --proof full':
    'pour que chaque nouvelle enveloppe soit rouverte avant d’être écrite, donner --proof full',
  'a change must be confirmed with the typed word {1}, and there is no terminal to ask on':
    'un changement doit être confirmé en tapant le mot {1}, et il n’y a pas de terminal où le demander',
  'give --yes when it is meant to run unattended': 'donner --yes s’il doit s’exécuter sans surveillance',
  'Type {1} to start, anything else to leave:': 'Taper {1} pour commencer, toute autre réponse pour quitter :',
  'not confirmed: the answer was not {1}': 'non confirmé : la réponse n’était pas {1}',
  // commands.ts
  'Re-encrypt every stored key for the new root (or resume that)':
    'Rechiffrer chaque clé pour la nouvelle racine (ou reprendre)',
  'Count stored keys by root: would the purge lose one?': 'Compter les clés par racine : la purge en perdrait-elle ?',
  'List the runs that the key database knows': 'Lister les opérations que connaît la base de clés',
  'Show what is in root files: names, validity, key': 'Montrer le contenu de fichiers racine : noms, validité, clé',
  "Print srkey's own tables and the grants, for a DBA; offline":
    'Écrire tables de srkey et droits, pour un DBA ; hors ligne',
  'Do it all on a key database made for it, and prove every key':
    'Tout faire sur une base créée pour cela, tout prouver',
  'Exit codes:': 'Codes de sortie :',
  'srkey <command> [flags]': 'srkey <commande> [options]',
  'Changes the certificate authority of a Stormshield Endpoint Security key\ndatabase without losing a key.':
    'Change l’autorité de certification d’une base de clés Stormshield Endpoint\nSecurity sans perdre une clé.',
  'Flags: -h, --help (after a command, of that command), --version, --lang en|fr':
    'Options : -h, --help (après une commande, son aide), --version, --lang en|fr',
  'Example:': 'Exemple :',
  // flags.ts
  'Connection:': 'Connexion :',
  'Job:': 'Tâche :',
  'Output:': 'Sortie :',
  'JSON lines on stdout, text for people on stderr': 'lignes JSON sur stdout, textes à lire sur stderr',
  'language of the text for people (default: that of the system)':
    'langue des textes à lire (par défaut : celle du système)',
  'srkey.json to use instead of the one in the state folder':
    'srkey.json à utiliser à la place de celui du dossier d’état',
  'HOST[\\INSTANCE][,PORT] of the SQL Server': 'HÔTE[\\INSTANCE][,PORT] du SQL Server',
  'the key database (default: srkey)': 'la base de clés (par défaut : srkey)',
  'login, or DOMAIN\\USER; the password is asked': 'compte, ou DOMAINE\\COMPTE ; le mot de passe est demandé',
  'sql or ntlm (default: by the form of --user)': 'sql ou ntlm (par défaut : selon la forme de --user)',
  'Windows domain of an ntlm login': 'domaine Windows d’un compte ntlm',
  'file that holds the password': 'fichier qui contient le mot de passe',
  "PEM file of the authority of the server's certificate": 'fichier PEM de l’autorité du certificat du serveur',
  "accept any certificate of the server's": 'accepter n’importe quel certificat du serveur',
  'allow TLS 1.0 and weak certificates: old servers only':
    'permettre TLS 1.0 et les certificats faibles : anciens serveurs seulement',
  'JSON file: which columns hold stored keys': 'fichier JSON : les colonnes qui contiennent des clés stockées',
  'old root, e.g. old_root.pem': 'ancienne racine, p. ex. old_root.pem',
  'new root, e.g. root.pem': 'nouvelle racine, p. ex. root.pem',
  'file with the passphrase of an encrypted old root': 'fichier avec la phrase secrète d’une ancienne racine chiffrée',
  'file with the passphrase of an encrypted new root': 'fichier avec la phrase secrète d’une nouvelle racine chiffrée',
  'RSA worker threads (default: one per core)': 'threads de travail RSA (par défaut : un par cœur)',
  'open every key, not a sample': 'ouvrir chaque clé, pas un échantillon',
  'check everything, forecast, write nothing': 'tout contrôler, prévoir, ne rien écrire',
  'new envelopes opened again before they are written (default: sample; full halves the speed)':
    'nouvelles enveloppes rouvertes avant d’être écrites (par défaut : sample ; full divise la vitesse par deux)',
  'work although a target has enabled triggers': 'travailler bien qu’une cible ait des déclencheurs actifs',
  'go through at most so many keys a second': 'traiter au plus ce nombre de clés par seconde',
  'stop at HH:MM by this clock, resumable (exit code 130)':
    's’arrêter à HH:MM (horloge d’ici), reprise possible (code de sortie 130)',
  'do not ask for the typed Yes': 'ne pas demander de taper Yes',
  'segments worked on at once, each with its own connection':
    'segments traités en même temps, chacun avec sa propre connexion',
  'lease of the run': 'bail de l’opération',
  'rows of a segment': 'lignes d’un segment',
  'stored keys to plant (default: 3000)': 'clés stockées à créer (par défaut : 3000)',
  'size of the two roots (default: 4096)': 'taille des deux racines (par défaut : 4096)',
  'empty or new folder for what the demo makes': 'dossier vide ou nouveau pour ce que crée la démonstration',
  'connect, and print the tables of the next run instead: for a login that may make none':
    'se connecte et affiche plutôt les tables de la prochaine opération : pour un compte qui ne peut pas en créer',
  'the database user that gets the role srkey_operator; with --next-run, the login':
    'l’utilisateur de la base qui reçoit le rôle srkey_operator ; avec --next-run, le compte de connexion',
  // parts.ts
  'the certificate of the server is not verified: whoever sits between can read the password and every value':
    'le certificat du serveur n’est pas vérifié : qui s’interpose peut lire le mot de passe et toutes les valeurs',
  'TLS 1.0 and weak certificates are accepted: others may read along; only for a server that can do no better':
    'TLS 1.0 et des certificats faibles sont acceptés : d’autres peuvent lire ; seulement pour un serveur qui ne peut pas mieux',
  'root file': 'fichier racine',
  'server CA file': 'fichier de l’autorité du serveur',
  'the server CA file {1} holds no PEM certificate':
    'le fichier de l’autorité du serveur {1} ne contient aucun certificat PEM',
  'convert it: openssl x509 -inform der -in FILE -out ca.pem':
    'le convertir : openssl x509 -inform der -in FICHIER -out ca.pem',
  'connecting to {1} …': 'connexion à {1} …',
  // desk/
  'asked for on the screen': 'demandé à l’écran',
  // program.ts
  'Secrets are asked on a terminal, or come from SRKEY_PASSWORD, SRKEY_OLD_PASSPHRASE, SRKEY_NEW_PASSPHRASE, or from the matching files; they are never flags. Settings come from srkey.json, then from the environment (--server is SRKEY_SERVER), then from flags; the last one wins.':
    'Les secrets sont demandés sur un terminal, ou viennent de SRKEY_PASSWORD, SRKEY_OLD_PASSPHRASE, SRKEY_NEW_PASSPHRASE, ou des fichiers correspondants ; ce ne sont jamais des options. Les réglages viennent de srkey.json, puis de l’environnement (--server est SRKEY_SERVER), puis des options ; le dernier l’emporte.',
  // the words of yargs
  'Options:': 'Options :',
  'Positionals:': 'Arguments :',
  'Examples:': 'Exemples :',
  'Show help': 'Afficher cette aide',
  boolean: 'commutateur',
  string: 'texte',
  number: 'nombre',
  required: 'obligatoire',
  'choices:': 'choix :',
  '[flags]': '[options]',
  '--{1} is given more than once': '--{1} est donné plus d’une fois',
  // root-files.ts, secrets.ts
  'passphrase of {1}': 'phrase secrète de {1}',
  'passphrase of the old root': 'phrase secrète de l’ancienne racine',
  'passphrase of the new root': 'phrase secrète de la nouvelle racine',
  'password of {1}': 'mot de passe de {1}',
  '{1} file': 'fichier, {1}',
  'the {1} file {2} holds no secret, only a line end':
    'le fichier {2} ({1}) ne contient pas de secret, seulement une fin de ligne',
  'the {1} file {2} holds more than one line': 'le fichier {2} ({1}) contient plus d’une ligne',
  'the {1} is needed, and there is no terminal to ask for it':
    '{1} : indispensable ici, et il n’y a pas de terminal où poser la question',
  'set {1}, or give --{2} FILE': 'définir {1}, ou donner --{2} FICHIER',
  'the {1} is empty': '{1} : la réponse est vide',
  // run.ts
  'srkey: warning: output is lost from here on: {1}': 'srkey : alerte : la sortie est perdue à partir d’ici : {1}',
  // session.ts
  'srkey: warning: {1}': 'srkey : alerte : {1}',
  'log file: {1}': 'fichier de trace : {1}',
  'no log file: it could not be written, see the warning above':
    'pas de fichier de trace : il n’a pas pu être écrit, voir l’alerte plus haut',
  // signals.ts
  interrupted: 'interrompu',
  'interrupted while the server gave no answer; what was committed stands':
    'interrompu alors que le serveur ne répondait pas ; ce qui a été validé reste acquis',
  'run the same command again: it finds out where the run stands':
    'relancer la même commande : elle détermine où en est l’opération',
  'stopping: the batch in work is finished or rolled back, the state is kept (again: cut at once)':
    'arrêt : le lot en cours est terminé ou annulé, l’état est conservé (encore une fois : couper aussitôt)',
  'stopping: no batch is in work (again: cut at once)':
    'arrêt : aucun lot n’est en cours (encore une fois : couper aussitôt)',
  'cutting at once: what was committed stands, the next start finds out about the rest (again: leave)':
    'coupure immédiate : ce qui a été validé reste acquis, le prochain démarrage établira le reste (encore une fois : quitter)',
  '{1}, stopping: the batch in work is finished or rolled back, the state is kept (Ctrl-C: cut at once)':
    '{1}, arrêt : le lot en cours est terminé ou annulé, l’état est conservé (Ctrl-C : couper aussitôt)',
  '{1}, stopping: no batch is in work (Ctrl-C: cut at once)':
    '{1}, arrêt : aucun lot n’est en cours (Ctrl-C : couper aussitôt)',
  // usage.ts
  'SRKEY_PASSWORD or --password-file': 'SRKEY_PASSWORD ou --password-file',
  'SRKEY_OLD_PASSPHRASE, SRKEY_NEW_PASSPHRASE, --old-passphrase-file or --new-passphrase-file':
    'SRKEY_OLD_PASSPHRASE, SRKEY_NEW_PASSPHRASE, --old-passphrase-file ou --new-passphrase-file',
  'SRKEY_OLD_PASSPHRASE or --old-passphrase-file': 'SRKEY_OLD_PASSPHRASE ou --old-passphrase-file',
  'SRKEY_NEW_PASSPHRASE or --new-passphrase-file': 'SRKEY_NEW_PASSPHRASE ou --new-passphrase-file',
  'srkey --help lists the commands': 'srkey --help liste les commandes',
  'unknown command {1}': 'commande inconnue : {1}',
  'did you mean `srkey {1}`? {2}': 'vouliez-vous dire `srkey {1}` ? {2}',
  'no command given': 'aucune commande donnée',
  'the command comes first: srkey COMMAND [flags]; srkey --help shows the exit codes too':
    'la commande vient en premier : srkey COMMANDE [options] ; srkey --help montre aussi les codes de sortie',
  'srkey {1} --help lists its flags': 'srkey {1} --help liste ses options',
  'there is no flag --{1}: secrets are never given on the command line':
    'l’option --{1} n’existe pas : les secrets ne se donnent jamais sur la ligne de commande',
  "use {1}, or answer the prompt; what stood on the command line may be in the shell's history":
    'utiliser {1}, ou répondre à la question ; ce qui figurait sur la ligne de commande est peut-être dans l’historique du shell',
  'unknown flag {1}': 'option inconnue : {1}',
  'unknown argument {1}': 'argument inconnu : {1}',
  'did you mean --{1}? {2}': 'vouliez-vous dire --{1} ? {2}',
  'srkey {1} needs at least one file': 'srkey {1} a besoin d’au moins un fichier',
  '--{1} needs a value': '--{1} a besoin d’une valeur',
  '--{1} must be one of {2}, not {3}': '--{1} doit être l’une des valeurs {2}, et non {3}',
  '--{1} takes no value': '--{1} ne prend pas de valeur',
  'give --{1} alone, or leave it out': 'donner --{1} seul, ou l’omettre',
  'unknown argument {1} behind --': 'argument inconnu {1} après --',
  'flags stand without -- in front of them': 'les options s’écrivent sans -- isolé devant elles',
  'the screens of plain srkey need a terminal for keyboard and display, and there is none: use the commands above':
    'les écrans de srkey sans commande demandent un terminal pour le clavier et l’affichage, et il n’y en a pas : utiliser les commandes ci-dessus',
  'the screens of plain srkey are not shown while the variable CI is set: use the commands above, or unset it':
    'les écrans de srkey sans commande ne s’affichent pas tant que la variable CI est définie : utiliser les commandes ci-dessus, ou l’effacer',
  'the screens of plain srkey need a terminal that can move its cursor, and TERM=dumb cannot: use the commands above':
    'les écrans de srkey sans commande demandent un terminal qui déplace son curseur, et TERM=dumb ne le peut pas : utiliser les commandes ci-dessus',
  'this is a bug of srkey, not of your database; please report it with the log file':
    'c’est un défaut de srkey, pas de votre base de données ; merci de le signaler avec le fichier de trace',
  // commands.ts
  'Prepare the change ahead; no live key is touched': 'Préparer le changement à l’avance, sans toucher aux clés',
  'Give every changed key its old value back, to the bit':
    'Rendre à chaque clé changée son ancienne valeur, au bit près',
  'Throw away what a run keeps of old and new values': 'Supprimer les valeurs anciennes et nouvelles d’une opération',
  'number of the run, as srkey runs lists it': 'numéro de l’opération, tel que srkey runs le donne',
  // way-back-jobs.ts
  'which run? Give its number with --run': 'quelle opération ? Donner son numéro avec --run',
  'srkey runs lists the runs and their states': 'srkey runs liste les opérations et leurs états',
  // commands/verify.ts
  'Hold every live value against the journal; --full opens all':
    'Confronter chaque valeur au journal ; --full ouvre tout',
  'open every key under both roots and compare; needs both private keys':
    'ouvrir chaque clé avec les deux racines et comparer ; il faut les deux clés privées',
};
