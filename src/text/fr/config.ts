import type { Catalogue } from '../language.ts';

export const CONFIG: Catalogue = {
  // server-address.ts
  'write HOST, HOST\\INSTANCE or HOST,PORT': 'écrire HÔTE, HÔTE\\INSTANCE ou HÔTE,PORT',
  'the server is empty': 'le serveur est vide',
  'the server must be a name, not a connection string': 'le serveur doit être un nom, non une chaîne de connexion',
  '{1}; the rest has flags of its own': '{1} ; le reste a ses propres options',
  'the server {1} makes no sense': 'le serveur {1} n’a pas de sens',
  'write the port behind a comma: {1},{2}': 'écrire le port après une virgule : {1},{2}',
  'the port {1} is not between 1 and 65535': 'le port {1} n’est pas compris entre 1 et 65535',
};
