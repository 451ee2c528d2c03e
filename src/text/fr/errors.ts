import type { Catalogue } from '../language.ts';

// of the command («commande»)
export const ERRORS: Catalogue = {
  done: 'terminée',
  'bug: please report it with the log file': 'défaut du programme : merci de le signaler avec le fichier de trace',
  'usage or configuration': 'usage ou configuration',
  'finished, keys left behind (or, for census, not proven safe)':
    'terminée, des clés sont laissées de côté (ou, pour census, sûreté de la purge non prouvée)',
  'refused by preflight; nothing was changed': 'refusée par les contrôles préalables ; rien n’a été modifié',
  'connection or login': 'connexion au serveur ou identification',
  'another tool is at work on the run': 'un autre outil travaille sur l’opération',
  'stopped by a failure, resumable: run the same command again':
    'arrêtée par une panne, peut être reprise : relancer la même commande',
  'interrupted, resumable: run the same command again': 'interrompue, peut être reprise : relancer la même commande',
};
