import type { Catalogue } from '../language.ts';

export const ROTATION: Catalogue = {
  // saved-plan.ts
  'refused, nothing was changed: the plan of {1} no longer holds':
    'refusé, rien n’a été modifié : le plan du {1} n’est plus valable',
  'find out what changed; if it is right, make a new plan with --dry-run --plan-out and look at it again':
    'chercher ce qui a changé ; si c’est voulu, refaire un plan avec --dry-run --plan-out et le relire',
  'tool: planned with {1}, this is {2}': 'outil : prévu avec {1}, celui-ci est {2}',
  'server: planned {1}, found {2}': 'serveur : {1} prévu, {2} trouvé',
  'database: planned {1}, found {2}': 'base de données : {1} prévue, {2} trouvée',
  'old root: planned {1}, given {2}': 'ancienne racine : {1} prévue, {2} donnée',
  'new root: planned {1}, given {2}': 'nouvelle racine : {1} prévue, {2} donnée',
  'key map: target {1} {2}': 'plan des clés : cible {1} {2}',
  'key map: target {1} is not in the plan': 'plan des clés : la cible {1} n’est pas dans le plan',
  'key map: {1} was ignored': 'plan des clés : {1} était ignorée',
  'key map: {1} is ignored now': 'plan des clés : {1} est ignorée maintenant',
  '{1}: {2}: planned {3}, found {4}': '{1} : {2} : {3} prévues, {4} trouvées',
  '{1}; at most {2} may differ ({3})': '{1} ; un écart de {2} au plus est admis ({3})',
  // enter-run.ts
  'run {1} is not the one to go on with any more: another tool changed the runs meanwhile':
    'l’opération {1} n’est plus celle à poursuivre : un autre outil a modifié les opérations entre-temps',
  'look at {1}, then run the same command again': 'consulter {1}, puis relancer la même commande',
  // prepare-job.ts
  'not confirmed': 'non confirmé',
  // run-segments.ts
  '{1} has no segments although it was planned': '{1} n’a pas de segments alors que cette cible a été planifiée',
  'this should not happen: please report it with the log file':
    'cela ne devrait pas arriver : merci de le signaler avec le fichier de trace',
  // segment.ts
  'segment {1} belongs to target number {2}, which the key map does not name':
    'le segment {1} appartient à la cible numéro {2}, que le plan des clés ne nomme pas',
};
