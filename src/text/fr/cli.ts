import type { Catalogue } from '../language.ts';

export const CLI: Catalogue = {
  // until.ts
  '--until {1} is now: it would stop before it begins, or tomorrow':
    '--until {1}, c’est maintenant : l’arrêt aurait lieu avant le début, ou demain',
  'give a time that is still to come, or leave --until out': 'donner une heure à venir, ou omettre --until',
  'the time given with --until has come': 'l’heure donnée par --until est venue',
};
