import type { Catalogue } from '../language.ts';

/** The screens of preparing, rolling back and dropping a journal. */
export const UI_JOBS: Catalogue = {
  // menu
  'Resume the unfinished preparation': 'Reprendre la préparation inachevée',
  'Resume the unfinished rollback': 'Reprendre le retour en arrière inachevé',
  'Prepare the change ahead': 'Préparer le changement à l’avance',
  'before the switch: seals every key for the new root in a journal, touches no live key':
    'avant la bascule : chiffre chaque clé pour la nouvelle racine dans un journal, sans toucher aux clés en service',
  'Roll the change back': 'Revenir en arrière sur le changement',
  'gives every changed key its old value back from the journal, to the bit':
    'rend à chaque clé changée son ancienne valeur, tirée du journal, au bit près',
  'Drop a journal': 'Supprimer un journal',
  'throws away what a finished run keeps of old and new values':
    'supprime ce qu’une opération terminée garde d’anciennes et de nouvelles valeurs',
  'A preparation that was begun here on {1} has not been seen to end. No live key was touched by it.':
    'La fin d’une préparation commencée ici le {1} n’a pas été constatée. Elle n’a touché aucune clé en service.',
  'A rollback that was begun here on {1} has not been seen to end. What it committed stands.':
    'La fin d’un retour en arrière commencé ici le {1} n’a pas été constatée. Ce qu’il a validé reste acquis.',
  Verify: 'Vérifier',
  'does the change still stand? Holds every key against the journal, changes nothing':
    'le changement tient-il toujours ? Confronte chaque clé au journal, ne change rien',
  // why not
  'no run has a journal to hold the keys against': 'aucune opération n’a de journal auquel confronter les clés',
  'run {1} is changing keys already: finish that change':
    'l’opération {1} modifie déjà des clés : terminer ce changement',
  'run {1} is being rolled back: finish that first':
    'l’opération {1} est en retour en arrière : terminer celui-ci d’abord',
  'no run has a journal that may go': 'aucune opération n’a de journal à supprimer',
  'the journal of run {1} was dropped: no old value is left':
    'le journal de l’opération {1} a été supprimé : il ne reste aucune ancienne valeur',
  'no change of a run is live: there is nothing to take back':
    'aucun changement n’est en service : aucun retour en arrière à faire',
  'dropped already': 'déjà supprimé',
  'still needed': 'encore nécessaire',
  'not now': 'pas maintenant',
  // files
  "the root in use now: root.pem from a server's main folder":
    'la racine en service aujourd’hui : root.pem du dossier principal d’un serveur',
  'the root that gen_root.bat made: new_root.pem': 'la racine faite par gen_root.bat : new_root.pem',
  'Run {1}, begun on {2} by {3}': 'L’opération {1}, commencée le {2} par {3}',
  '{1}, is what is taken back: give the files that it was made with.':
    '{1}, est celle sur laquelle revenir : donner les fichiers avec lesquels elle a été faite.',
  '{1}, has prepared the change: give the same two roots, under their new names, and it is swapped in.':
    '{1}, a préparé le changement : donner les deux mêmes racines, sous leurs nouveaux noms, et il est mis en service.',
  '{1}, is unfinished: give its files, and it goes on where it stands.':
    '{1}, est inachevée : donner ses fichiers, et elle continue là où elle en est.',
  // journals
  'Which journal?': 'Quel journal ?',
  'drop the journal of this run': 'supprimer le journal de cette opération',
  'A journal is all there is to finish a run or to roll it back.':
    'Sans son journal, une opération ne peut être terminée, et tout retour en arrière est impossible.',
  'Run {1} of {2}: {3}': 'Opération {1} du {2} : {3}',
  // checks, confirmation
  'Nothing stands against it: {1} made. Enter begins to fill the journal; no live key is touched.':
    'Rien ne s’y oppose : {1}. Entrée commence à remplir le journal ; aucune clé en service n’est touchée.',
  'Confirm the rollback': 'Confirmer le retour en arrière',
  'Confirm dropping the journal': 'Confirmer la suppression du journal',
  '{1}, {2}, of {3}': '{1}, {2}, du {3}',
  'Every row whose new value is still live gets its old value back, to the bit. It will need the old root again.':
    'Chaque ligne dont la nouvelle valeur est encore en service reprend son ancienne valeur, au bit près. Elle aura de nouveau besoin de l’ancienne racine.',
  'What was prepared is swapped in, the rest is sealed for the new root. Old values stay in the journal.':
    'Ce qui était préparé est mis en service, le reste est chiffré pour la nouvelle racine. Les anciennes valeurs restent dans le journal.',
  // progress
  'preparing for': 'préparation depuis',
  'Preparing the change ahead': 'Préparation du changement',
  'Rolling the change back': 'Retour en arrière sur le changement',
  'Dropping a journal': 'Suppression d’un journal',
  'Dropping the journal. No stored key is touched.': 'Suppression du journal. Aucune clé stockée n’est touchée.',
  'Preparing: every key is sealed for the new root in the journal. No live key is touched.':
    'Préparation : chaque clé est chiffrée pour la nouvelle racine dans le journal. Aucune clé en service n’est touchée.',
  'Looking for keys that were added or changed since.': 'Recherche des clés ajoutées ou modifiées depuis.',
  'Stop the preparation after the batch in work?': 'Arrêter la préparation après le lot en cours ?',
  'The work goes on while this is asked. Stopping loses nothing: no live key is touched, and what is prepared stays.':
    'Le travail continue pendant cette question. Arrêter ne perd rien : aucune clé en service n’est touchée, et ce qui est préparé le reste.',
  'Stop the rollback after the batch in work?': 'Arrêter le retour en arrière après le lot en cours ?',
  'The work goes on while this is asked. Stopping loses nothing: the rollback is resumed where it stood. But until then some keys need the old root and some the new one.':
    'Le travail continue pendant cette question. Arrêter ne perd rien : le retour en arrière reprend là où il en était. Mais d’ici là certaines clés ont besoin de l’ancienne racine, d’autres de la nouvelle.',
  'Stop dropping the journal?': 'Arrêter la suppression du journal ?',
  'No stored key is touched by it. What is dropped stays dropped, and the rest can be dropped later.':
    'Elle ne touche aucune clé stockée. Ce qui est supprimé l’est pour de bon, et le reste peut l’être plus tard.',
  'verifying for': 'vérification depuis',
  'Verify: holding every key against the journal': 'Vérification : chaque clé est confrontée au journal',
  'Every live key is held against the journal. Nothing is changed by it.':
    'Chaque clé en service est confrontée au journal. Rien n’est changé.',
  // verdicts of a verification
  'The preparation of run {1} holds keys that cannot be changed, named below.':
    'La préparation de l’opération {1} contient des clés impossibles à changer, nommées ci-dessous.',
  'The preparation of run {1} is current: the change will only swap. No key is changed yet.':
    'La préparation de l’opération {1} est à jour : il ne restera qu’à mettre en service. Aucune clé n’est encore changée.',
  'The preparation of run {1} is not current: prepare again before the switch. No key is changed yet.':
    'La préparation de l’opération {1} n’est pas à jour : préparer de nouveau avant la bascule. Aucune clé n’est encore changée.',
  'The rollback of run {1} does not stand everywhere: the keys are named below.':
    'Le retour en arrière de l’opération {1} ne tient pas partout : les clés sont nommées ci-dessous.',
  'Run {1} stands. {2} that neither root opens are where it left them.':
    'L’opération {1} tient. {2}, {2:qu’aucune des deux racines n’ouvre, est là où elle l’a laissée|qu’aucune des deux racines n’ouvre, sont là où elle les a laissées}.',
  'Run {1} does not stand everywhere: the keys are named below.':
    'L’opération {1} ne tient pas partout : les clés sont nommées ci-dessous.',
  'Not as the journal says:': 'Autrement que ne le dit le journal :',
  '  and {1} more: the log file names more of them': '  et {1} de plus : le fichier de trace en nomme davantage',
  // tables
  '{1}: {2} keys': '{1} : {2} clés',
  prepared: 'préparées',
  'as before the change': 'comme avant le changement',
  'under the new root': 'sous la nouvelle racine',
  others: 'autres',
  // result
  'Under the new root, without an old value:': 'Sous la nouvelle racine, sans ancienne valeur :',
  'Prepared, but for {1} that neither root opens. No live key was touched.':
    'Préparé, sauf {1} : aucune des deux racines ne les ouvre. Aucune clé en service n’a été touchée.',
  'Prepared before, and still current: nothing was written.': 'Déjà préparé, et toujours à jour : rien n’a été écrit.',
  'Prepared: the journal holds every key sealed for the new root. No live key was touched.':
    'Préparé : le journal contient chaque clé chiffrée pour la nouvelle racine. Aucune clé en service n’a été touchée.',
  'Rolled back: what the run had changed is as it was, to the bit.':
    'Retour en arrière effectué : ce que l’opération avait changé est comme avant, au bit près.',
  'Rolled back, but for {1} under the new root for which the journal has no old value.':
    'Retour en arrière effectué, sauf {1} sous la nouvelle racine, sans ancienne valeur dans le journal.',
  'The journal is gone.': 'Le journal est supprimé.',
  'The journal is empty, but the server did not let its tables be dropped. For a DBA:':
    'Le journal est vide, mais le serveur n’a pas laissé supprimer ses tables. Pour un DBA :',
  'Stopped. No live key was touched, and what is prepared stays.':
    'Arrêté. Aucune clé en service n’a été touchée, et ce qui est préparé le reste.',
  'Stopped by a failure. No live key was touched, and what is prepared stays.':
    'Arrêté par une panne. Aucune clé en service n’a été touchée, et ce qui est préparé le reste.',
  'Stopped. No stored key was touched; a part of the journal may be gone.':
    'Arrêté. Aucune clé stockée n’a été touchée ; une partie du journal est peut-être déjà supprimée.',
  'Stopped by a failure. No stored key was touched; a part of the journal may be gone.':
    'Arrêté par une panne. Aucune clé stockée n’a été touchée ; une partie du journal est peut-être déjà supprimée.',
  // what comes next
  'Until the switch, prepare again now and then: only what was added or changed is worked on.':
    'Jusqu’à la bascule, préparer de nouveau de temps en temps : seul ce qui a été ajouté ou modifié est traité.',
  'After switch_cert.bat choose Change certificate authority with the same two roots under their new names (old_root.pem and root.pem): it only swaps then.':
    'Après switch_cert.bat, choisir Changer d’autorité de certification avec les deux mêmes racines sous leurs nouveaux noms (old_root.pem et root.pem) : il ne reste qu’à mettre en service.',
  'If the new root is generated again this preparation is worth nothing: drop its journal, then prepare anew.':
    'Si la nouvelle racine est générée de nouveau, cette préparation ne vaut plus rien : supprimer son journal, puis préparer à nouveau.',
  'Keep both roots. To seal the keys that are under the new root for the old one, change the certificate authority with the two roots exchanged.':
    'Garder les deux racines. Pour chiffrer pour l’ancienne les clés restées sous la nouvelle, changer d’autorité de certification avec les deux racines échangées.',
  'The keys need the old root again: the servers must hold it for agents to get them.':
    'Les clés ont de nouveau besoin de l’ancienne racine : les serveurs doivent l’avoir pour que les agents les reçoivent.',
  'The change can be made again at any time, with the same roots.':
    'Le changement peut être refait à tout moment, avec les mêmes racines.',
};
