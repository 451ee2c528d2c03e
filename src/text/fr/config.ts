import type { Catalogue } from '../language.ts';

export const CONFIG: Catalogue = {
  // new-file.ts, plan-file.ts
  '{1} must not be empty': '{1} ne doit pas être vide',
  '{1} {2}: the file is there already': '{1} {2} : le fichier existe déjà',
  'nothing is ever written over: move it away or give another name':
    'rien n’est jamais écrasé : le déplacer ou donner un autre nom',
  '{1} {2}: cannot be written: {3}': '{1} {2} : écriture impossible : {3}',
  'the folder does not exist': 'le dossier n’existe pas',
  'what should be its folder is a file': 'ce qui devrait être son dossier est un fichier',
  'no permission': 'droits insuffisants',
  'the file is there already': 'le fichier existe déjà',
  'the disk is full': 'le disque est plein',
  'the system says {1}': 'le système dit {1}',
  plan: 'plan',
  // demo-options.ts
  '--keys must be a whole number from 1 to {1}': '--keys doit être un nombre entier de 1 à {1}',
  '--key-bits must be 2048 or 4096': '--key-bits doit être 2048 ou 4096',
  '--directory must not be empty': '--directory ne doit pas être vide',
  // json-file.ts
  'line {1}, column {2}': 'ligne {1}, colonne {2}',
  'the {1} {2} is empty': 'le fichier {2} est vide ({1})',
  'the {1} {2} is not valid JSON': 'le fichier {2} n’est pas du JSON valide ({1})',
  'the {1} {2} is not valid JSON at {3}': 'le fichier {2} n’est pas du JSON valide ({1}) : {3}',
  'a backslash in a JSON text must be written twice: "C:\\\\keys", "HOST\\\\INSTANCE"':
    'dans un texte JSON, une barre oblique inverse s’écrit deux fois : "C:\\\\cles", "HOTE\\\\INSTANCE"',
  'the parser says: {1}': 'l’analyseur dit : {1}',
  'the file': 'le fichier',
  '{1}: there is no such entry': '{1} : cette entrée n’existe pas',
  '{1}: {2}': '{1} : {2}',
  '… and {1} more': '… et {1} de plus',
  'it makes no sense': 'cela n’a pas de sens',
  // key-map.ts
  'must be a text': 'doit être un texte',
  'must not be empty': 'ne doit pas être vide',
  'must have at most 128 characters': 'doit avoir au plus 128 caractères',
  'must not contain control characters': 'ne doit pas contenir de caractères de contrôle',
  'must be one of {1}': 'doit être l’une des valeurs {1}',
  'must have at most 100 characters': 'doit avoir au plus 100 caractères',
  'must be a list of 1 to 4 columns': 'doit être une liste de 1 à 4 colonnes',
  'must name 1 to 4 columns': 'doit nommer 1 à 4 colonnes',
  'must be a whole number of bytes': 'doit être un nombre entier d’octets',
  'must be at least 1': 'doit être au moins 1',
  'must be at most {1}': 'doit être au plus {1}',
  'must be hex digits, two for each byte': 'doit être en chiffres hexadécimaux, deux par octet',
  'names a column twice': 'nomme une colonne deux fois',
  'must not be one of the key columns': 'ne doit pas être une des colonnes de clé primaire',
  'is required for rsa-pkcs1: without it a wrong key cannot be told from a right one':
    'est obligatoire pour rsa-pkcs1 : sans elle, une mauvaise clé ne se distingue pas d’une bonne',
  'is for rsa-oaep only, this target is {1}': 'ne vaut que pour rsa-oaep, cette cible est en {1}',
  'blanks pad character columns, this target is binary: use zeros or none':
    'les blancs complètent les colonnes de caractères, cette cible est binaire : utiliser zeros ou none',
  'zeros pad binary columns, this target is {1} text: use blanks or none':
    'les zéros complètent les colonnes binaires, cette cible est du texte {1} : utiliser blanks ou none',
  'must say why the column holds no stored key': 'doit dire pourquoi la colonne ne contient pas de clé stockée',
  'must be 1, the only version there is': 'doit être 1, la seule version qui existe',
  'must be a time of day, HH:MM': 'doit être une heure du jour, HH:MM',
  'must be a list': 'doit être une liste',
  'must have at least one target': 'doit avoir au moins une cible',
  '{1}: {2}: {3}': '{1} : {2} : {3}',
  'targets[{1}] has the same name "{2}"': 'targets[{1}] porte le même nom « {2} »',
  '{1} is already the value of {2}': '{1} est déjà la valeur de {2}',
  '{1} is already named by {2}': '{1} est déjà nommé par {2}',
  '{1} is the value of {2}: it changes, so it cannot be a key':
    '{1} est la valeur de {2} : elle change, elle ne peut donc pas être une clé',
  'key map': 'cartographie des clés',
  'key map {1}': 'cartographie des clés {1}',
  'no key map given: srkey does not know which columns of the database hold stored keys':
    'aucune cartographie des clés : srkey ne sait pas quelles colonnes de la base contiennent des clés stockées',
  'a key map is a JSON file that names them; the vendor does not publish one. README, "The key map", explains how to find it out\ngive it with --key-map FILE, or as "targets" in srkey.json; for the reference schema it is sql/srkey/key-map.json':
    'une cartographie des clés est un fichier JSON qui les nomme ; l’éditeur n’en publie pas. Le README, « The key map », explique comment l’établir\nla donner avec --key-map FICHIER, ou comme "targets" dans srkey.json ; pour le schéma de référence, c’est sql/srkey/key-map.json',
  // server-address.ts
  'named pipes are not spoken, only TCP/IP': 'les canaux nommés ne sont pas pris en charge, seulement TCP/IP',
  'enable TCP/IP for the instance (SQL Server Configuration Manager), then {1}':
    'activer TCP/IP pour l’instance (Gestionnaire de configuration SQL Server), puis {1}',
  'shared memory is not spoken, only TCP/IP': 'la mémoire partagée n’est pas prise en charge, seulement TCP/IP',
  'LocalDB listens on a named pipe only, and TCP/IP is needed':
    'LocalDB n’écoute que sur un canal nommé, et TCP/IP est nécessaire',
  'restore the database on a SQL Server with TCP/IP': 'restaurer la base de données sur un SQL Server avec TCP/IP',
  'the dedicated administrator connection is one connection, and several are needed':
    'la connexion administrateur dédiée est une seule connexion, et il en faut plusieurs',
  'leave out admin:': 'omettre admin:',
  'write HOST, HOST\\INSTANCE or HOST,PORT': 'écrire HÔTE, HÔTE\\INSTANCE ou HÔTE,PORT',
  'the server is empty': 'le serveur est vide',
  'the server must be a name, not a connection string': 'le serveur doit être un nom, non une chaîne de connexion',
  '{1}; the rest has flags of its own': '{1} ; le reste a ses propres options',
  'the server {1} makes no sense': 'le serveur {1} n’a pas de sens',
  'write the port behind a comma: {1},{2}': 'écrire le port après une virgule : {1},{2}',
  'the port {1} is not between 1 and 65535': 'le port {1} n’est pas compris entre 1 et 65535',
  // settings.ts
  'must be a whole number from {1} to {2}': 'doit être un nombre entier de {1} à {2}',
  'must be at least {1}': 'doit être au moins {1}',
  'must be sql or ntlm': 'doit être sql ou ntlm',
  'must be sql or ntlm: {1}': 'doit être sql ou ntlm : {1}',
  'Windows integrated login is not offered; give a Windows account and its password (--user DOMAIN\\USER), or a SQL Server login':
    'l’authentification Windows intégrée n’est pas offerte ; donner un compte Windows et son mot de passe (--user DOMAINE\\COMPTE), ou un compte SQL Server',
  '--user names the domain {1}, and --domain another one': '--user nomme le domaine {1}, et --domain un autre',
  'give --user DOMAIN\\USER: the short name of the domain, or that of the server for an account of its own':
    'donner --user DOMAINE\\COMPTE : le nom court du domaine, ou celui du serveur pour un compte qui lui est propre',
  'the domain . means this computer, and the server is another one':
    'le domaine . désigne cet ordinateur, et le serveur en est un autre',
  'for an account of the server itself give the name of the server as the domain':
    'pour un compte du serveur lui-même, donner le nom du serveur comme domaine',
  'must be true or false': 'doit être true ou false',
  'must be sample or full': 'doit être sample ou full',
  'must be en or fr': 'doit être en ou fr',
  'nothing reads the environment variable {1}': 'rien ne lit la variable d’environnement {1}',
  '{1} {2}': '{1} {2}',
  'makes no sense': 'n’a pas de sens',
  'settings file': 'fichier de réglages',
  '{1}: {2}: is a flag only, {3}': '{1} : {2} : n’existe que comme option, {3}',
  '{1}: keyMap: the file has targets of its own; keep one of the two':
    '{1} : keyMap : le fichier a ses propres targets ; garder l’un des deux',
  '{1}: ignore: belongs to targets, and there are none': '{1} : ignore : va avec targets, et il n’y en a pas',
  '--config must not be empty': '--config ne doit pas être vide',
  settings: 'réglages',
  '{1} is missing': 'il manque {1}',
  'give {1}, set {2}, or write "{3}" in srkey.json': 'donner {1}, définir {2}, ou écrire "{3}" dans srkey.json',
  'the server': 'le serveur',
  'the login': 'le compte de connexion',
  'the domain of the ntlm login': 'le domaine du compte ntlm',
  'a domain is given, but the login is a sql one': 'un domaine est donné, mais le compte est de type sql',
  'did you mean --auth ntlm?': 'vouliez-vous dire --auth ntlm ?',
  '--server-ca and --trust-server-certificate contradict each other':
    '--server-ca et --trust-server-certificate se contredisent',
  'the old root (Old value)': 'l’ancienne racine (Old value)',
  'the new root (New value)': 'la nouvelle racine (New value)',
  // text-file.ts
  'there is no such file': 'ce fichier n’existe pas',
  'the right to read it is missing': 'il manque le droit de le lire',
  'it is a folder, not a file': 'c’est un dossier, non un fichier',
  'too many files are open': 'trop de fichiers sont ouverts',
  'cannot read the {1} {2}: {3}': 'lecture de {2} impossible ({1}) : {3}',
  'it is a pipe, not a file': 'c’est un tube, non un fichier',
  'it is {1} bytes long, at most {2} make sense here': 'sa taille est de {1} octets, au plus {2} ont un sens ici',
  'it is longer than {1} bytes': 'sa taille dépasse {1} octets',
  'it is empty': 'il est vide',
  'save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)':
    'l’enregistrer à nouveau en UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage : UTF-8)',
  'it is UTF-16 text': 'c’est du texte UTF-16',
  'it looks like UTF-16 text': 'cela ressemble à du texte UTF-16',
  'it is not a text file': 'ce n’est pas un fichier texte',
  'it is not UTF-8 text': 'ce n’est pas du texte UTF-8',
};
