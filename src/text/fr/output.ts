import type { Catalogue } from '../language.ts';

export const OUTPUT: Catalogue = {
  // failure.ts
  'srkey: error: {1} [{2}]': 'srkey : erreur : {1} [{2}]',
  'srkey: hint: {1}': 'srkey : conseil : {1}',
  'srkey: this is a bug of srkey, not of your database; please report it':
    'srkey : c’est un défaut de srkey, non de votre base de données ; merci de le signaler',
  'srkey: this is a bug of srkey, not of your database; please report it with the log file {1}':
    'srkey : c’est un défaut de srkey, non de votre base de données ; merci de le signaler avec le fichier de trace {1}',
  'srkey: hint: each batch is committed whole or not at all, so what was changed stands; the same command goes on from there':
    'srkey : conseil : chaque lot est validé en entier ou pas du tout, donc ce qui a été modifié reste acquis ; la même commande reprend à partir de là',
};
