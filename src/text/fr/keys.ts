import type { Catalogue } from '../language.ts';

export const KEYS: Catalogue = {
  // states of a run («opération»); `done` is an exit code's word too
  planned: 'planifiée',
  staging: 'préparation',
  staged: 'préparée',
  applying: 'mise en service',
  verifying: 'vérification',
  'rolling-back': 'retour en arrière',
  'rolled-back': 'retour en arrière effectué',
  abandoned: 'abandonnée',
  // classes of stored keys
  old: 'ancienne',
  new: 'nouvelle',
  foreign: 'étrangère',
  unreadable: 'illisible',
  empty: 'vide',
  // deviation.ts
  'changed since': 'modifiées',
  'old value again': 'ancienne valeur revenue',
  'under the old root': 'sous l’ancienne racine',
  damaged: 'endommagée',
  emptied: 'vidée',
  'changed, root unknown': 'modifiée, racine inconnue',
  gone: 'disparue',
};
