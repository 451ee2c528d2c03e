import type { Catalogue } from '../language.ts';

export const ERRORS: Catalogue = {
  done: 'terminé',
  'bug: please report it with the log file': 'défaut du programme : merci de le signaler avec le fichier de trace',
  'usage or configuration': 'usage ou configuration',
  'finished, keys left behind (or, for census, not proven safe)':
    'terminé, des clés sont laissées de côté (ou, pour census, sûreté de la purge non prouvée)',
  'refused by preflight; nothing was changed': 'refusé par les contrôles préalables ; rien n’a été modifié',
  'connection or login': 'connexion au serveur ou identification',
  'another tool is at work on the run': 'un autre outil travaille sur l’opération',
  'stopped by a failure, resumable: run the same command again':
    'arrêté par une panne, peut être repris : relancer la même commande',
  'interrupted, resumable: run the same command again': 'interrompu, peut être repris : relancer la même commande',
};
