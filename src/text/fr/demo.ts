/** The story that `srkey demo` tells between the outputs of the tool. */
import type { Catalogue } from '../language.ts';

export const DEMO: Catalogue = {
  // demo-folder.ts, run-demo.ts, fill-server.ts
  'give an empty or new folder, or leave --directory out': 'donner un dossier vide ou nouveau, ou omettre --directory',
  'the folder {1} is not empty': 'le dossier {1} n’est pas vide',
  'the folder {1} cannot be used': 'le dossier {1} est inutilisable',
  'the demo was interrupted; what it had made so far is in {1}':
    'la démonstration a été interrompue ; ce qu’elle avait déjà créé est dans {1}',
  'the demo was interrupted; all that it had made is removed':
    'la démonstration a été interrompue ; tout ce qu’elle avait créé est supprimé',
  '--keys {1} makes no sense': '--keys {1} n’a pas de sens',
  'give a whole number from {1}: fewer would not hold a key of every kind':
    'donner un nombre entier à partir de {1} : avec moins, il n’y aurait pas une clé de chaque sorte',
  'fault of the embedded key database: {1}': 'défaut de la base de clés intégrée : {1}',
  'no key database can be made on localhost,{1}: {2}': 'création d’une base de clés impossible sur localhost,{1} : {2}',
  'start the container first (docker/README.md); set MSSQL_PORT if it has another port':
    'démarrer d’abord le conteneur (docker/README.md) ; définir MSSQL_PORT s’il a un autre port',
  'there is a database {1} already; nothing was changed': 'il y a déjà une base de données {1} ; rien n’a été modifié',
  'npm run docker:down removes the container with its data, npm run docker:up starts over':
    'npm run docker:down supprime le conteneur et ses données, npm run docker:up recommence à neuf',
  'database {1} on localhost,{2} holds:': 'la base de données {1} sur localhost,{2} contient :',
  "Type these in the project's folder. The password is {1}":
    'À taper dans le dossier du projet. Le mot de passe est {1}',
  '{1}:': '{1} :',
  '{1} (exit code 3, {2}):': '{1} (code de sortie 3, {2}) :',
  'Two root authorities and a key database': 'Deux autorités racines et une base de clés',
  'folder: {1} (kept)': 'dossier : {1} (conservé)',
  'folder: {1} (removed at the end)': 'dossier : {1} (supprimé à la fin)',
  'key database: embedded, on localhost,{1}; it stands in for SQL Server and speaks its protocol':
    'base de clés : intégrée, sur localhost,{1} ; elle tient lieu de SQL Server et parle son protocole',
  'made and filled in {1}': 'créée et remplie en {1}',
  // narrator.ts
  'stored keys': 'clés stockées',
  '=> exit code {1} after {2}': '=> code de sortie {1} après {2}',
  '{1}, {2}': '{1}, {2}',
  'but {1} was expected': 'mais {1} était attendu',
  'Everything came out exactly as planted, in {1}.': 'Tout est ressorti exactement comme prévu, en {1}.',
  'Try next:': 'À essayer ensuite :',
  '  npm run demo -- --keys 100000 --key-bits 2048    more keys':
    '  npm run demo -- --keys 100000 --key-bits 2048    davantage de clés',
  '  npm run demo -- --directory DIR                  keep roots, key map and logs to look at':
    '  npm run demo -- --directory DOSSIER              garder racines, cartographie et traces pour les examiner',
  '  README, "The key map", and docker/               a database of your own, a real SQL Server':
    '  README, « The key map », et docker/              votre propre base de données, un vrai SQL Server',
  'NOT AS PLANTED: {1} found': 'RÉSULTAT NON CONFORME : écarts trouvés : {1}',
  '   {1}: {2}': '   {1} : {2}',
  '   … and {1} more': '   … et {1} de plus',
  'This is a bug of srkey: please report it with the log files that --directory DIR keeps.':
    'C’est un défaut de srkey : merci de le signaler avec les fichiers de trace que garde --directory DOSSIER.',
  // tool-steps.ts
  'Look at both root files': 'Regarder les deux fichiers racine',
  'Dry run: check everything, open a sample, write nothing':
    'Simulation : tout contrôler, ouvrir un échantillon, ne rien écrire',
  'Change the certificate authority': 'Changer d’autorité de certification',
  'as it must: one foreign and one damaged key were planted, and are left behind untouched':
    'comme il se doit : une clé étrangère et une clé endommagée, placées là exprès, sont laissées de côté, intactes',
  'Census: may the old certificates be purged?': 'Recensement : peut-on purger les anciens certificats ?',
  'as it must: with those two keys the purge is not proven safe':
    'comme il se doit : avec ces deux clés, la sûreté de la purge n’est pas prouvée',
  'The runs that the database remembers': 'Les opérations que la base a retenues',
  // the check at the end
  'The check: every value against what was planted': 'Vérification : chaque valeur comparée à ce qui avait été placé',
  'opening every value with both private keys, by code that shares nothing with the tool':
    'ouverture de chaque valeur avec les deux clés privées, par un code qui n’a rien de commun avec l’outil',
  '{1} rows read, {2} values tried under both roots':
    '{1} {1:ligne lue|lignes lues}, {2} {2:valeur essayée|valeurs essayées} avec les deux racines',
  '{1} stored keys open under the new root alone, each to the plaintext that was planted':
    '{1} {1:clé stockée s’ouvre|clés stockées s’ouvrent} avec la nouvelle racine seule, et {1:redonne|redonnent} le contenu qui y avait été placé',
  '{1} foreign or damaged, {2} empty: untouched to the byte':
    '{1} {1:étrangère ou endommagée|étrangères ou endommagées}, {2} {2:vide|vides} : intactes à l’octet près',
  "kept in {1}: both roots, the key map, and the tool's log files under {2}":
    'conservés dans {1} : les deux racines, la cartographie des clés, et les fichiers de trace de l’outil sous {2}',
  'exit code {1} instead of {2}': 'code de sortie {1} au lieu de {2}',
  'a row that was not there before': 'une ligne qui n’y était pas avant',
  'another column has changed': 'une autre colonne a changé',
  'the row is gone': 'la ligne a disparu',
  'the empty value was touched': 'la valeur vide a été modifiée',
  'the stored key is gone': 'la clé stockée a disparu',
  'it was not rewrapped': 'elle n’a pas été rechiffrée',
  'it opens under the old root': 'elle s’ouvre avec l’ancienne racine',
  'the key under the new root was touched': 'la clé sous la nouvelle racine a été modifiée',
  'the foreign key was touched': 'la clé étrangère a été modifiée',
  'the damaged key was touched': 'la clé endommagée a été modifiée',
  'more than its recipient has changed': 'il n’y a pas que son destinataire qui ait changé',
  'the foreign key opens under the new root': 'la clé étrangère s’ouvre avec la nouvelle racine',
  'the damaged key opens under the new root': 'la clé endommagée s’ouvre avec la nouvelle racine',
  'it opens to another key': 'elle s’ouvre sur une autre clé',
  'it does not name the new root': 'elle ne nomme pas la nouvelle racine',
};
