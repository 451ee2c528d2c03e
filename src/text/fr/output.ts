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
  // stage-page.ts
  'Staged before, and still current: nothing was written.':
    'Préparé auparavant, et toujours à jour : rien n’a été écrit.',
  'Staged in run {1}. No live key was touched.': 'Préparé dans l’opération {1}. Aucune clé en service n’a été touchée.',
  '{1} moved while this ran: the next stage, or change-ca itself, takes them up.':
    '{1:ligne a|lignes ont} changé pendant ce temps ({1}) : la prochaine préparation, ou change-ca lui-même, les reprendra.',
  '{1} cannot be staged: neither root opens them, or they are damaged.':
    'Impossible de préparer {1} : aucune des deux racines ne les ouvre, ou elles sont endommagées.',
  'Next:': 'Ensuite :',
  '  - Until the switch, run the same command again now and then: it works only on what was added or changed.':
    '  - Jusqu’à la bascule, relancer la même commande de temps en temps : elle ne traite que ce qui a été ajouté ou modifié.',
  '  - After switch_cert.bat give the same two files under their new names: srkey change-ca --old-value old_root.pem --new-value root.pem. It only swaps then.':
    '  - Après switch_cert.bat, donner les deux mêmes fichiers sous leurs nouveaux noms : srkey change-ca --old-value old_root.pem --new-value root.pem. Il ne fait alors qu’échanger.',
  '  - A new root generated again makes this staging worthless: srkey drop-journal --run {1}.':
    '  - Une nouvelle racine générée une seconde fois rend cette préparation inutile : srkey drop-journal --run {1}.',
  staged: 'préparées',
  'new already': 'déjà nouvelles',
  'added or changed since': 'ajoutées ou modifiées depuis',
  target: 'cible',
};
