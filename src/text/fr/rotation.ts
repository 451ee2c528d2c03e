/** The engine, from plan to rollback. What is attempted reads as a noun: it stands before a colon when it failed. */
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
  'key map: target {1} {2}': 'cartographie des clés : cible {1} {2}',
  'key map: target {1} is not in the plan': 'cartographie des clés : la cible {1} n’est pas dans le plan',
  'key map: {1} was ignored': 'cartographie des clés : {1} était ignorée',
  'key map: {1} is ignored now': 'cartographie des clés : {1} est ignorée maintenant',
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
    'le segment {1} appartient à la cible numéro {2}, que la cartographie des clés ne nomme pas',
  // what is attempted
  'reading {1}': 'lecture de {1}',
  'writing {1}': 'écriture dans {1}',
  'listing the runs': 'liste des opérations',
  'reading the targets of the run': 'lecture des cibles de l’opération',
  'reading the targets of run {1}': 'lecture des cibles de l’opération {1}',
  'planning {1}': 'planification de {1}',
  'reading the segments': 'lecture des segments',
  'reading the ledger': 'lecture du registre des lots',
  'naming the keys left behind in {1}': 'désignation des clés laissées de côté dans {1}',
  'listing columns': 'liste des colonnes',
  "creating the tool's own tables": 'création des tables propres à l’outil',
  'recording the run': 'enregistrement de l’opération',
  'moving the run from {1} to {2}': 'passage de l’opération de l’état « {1} » à l’état « {2} »',
  'looking at the run': 'consultation de l’opération',
  'holding run {1}': 'maintien de l’opération {1}',
  'asking for the rights of the login': 'lecture des droits du compte',
  'asking the server': 'interrogation du serveur',
  'inspecting {1}': 'examen de {1}',
  'connecting for {1}': 'connexion pour {1}',
  'taking run {1}': 'prise en charge de l’opération {1}',
  'checking ignored columns': 'contrôle des colonnes ignorées',
  'looking for earlier runs': 'recherche d’opérations antérieures',
  'listing earlier runs': 'liste des opérations antérieures',
  'segment {1} of {2}': 'segment {1} de {2}',
  'claiming {1}': 'réservation, {1}',
  'finding where segment {1} of {2} stands': 'recherche de l’avancement du segment {1} de {2}',
  'going to segment {1} of {2}': 'passage au segment {1} de {2}',
  'comparing segment {1} of {2}': 'comparaison du segment {1} de {2}',
  'looking for rows gone from {1}': 'recherche de lignes disparues de {1}',
  'sweep of {1}': 'balayage de {1}',
  'claiming the sweep of {1}': 'réservation du balayage de {1}',
  'verifying segment {1} of {2}': 'vérification du segment {1} de {2}',
  // batches.ts, brakes.ts, carry-out.ts, change-ca.ts
  'a new envelope of {1} came back without its proof; it was not written':
    'une nouvelle enveloppe de {1} est revenue sans sa preuve ; elle n’a pas été écrite',
  'stopped on request': 'arrêté sur demande',
  // census.ts
  '{1}: {2} is not there': '{1} : il manque : {2}',
  '{1}: {2} is not there; nothing was changed': '{1} : il manque : {2} ; rien n’a été modifié',
  'restore it, or give the key map that the change was made with':
    'la rétablir, ou donner la cartographie des clés utilisée pour le changement',
  'the key map does not fit the database: {1}': 'la cartographie des clés ne correspond pas à la base : {1}',
  'correct the key map: it must name tables and columns as they are in the database':
    'corriger la cartographie des clés : elle doit nommer tables et colonnes telles qu’elles sont dans la base',
  // definition-difference.ts, plan.ts
  '({1}) is missing from the key map': '({1}) manque dans la cartographie des clés',
  '({1}) is defined differently: {2}': '({1}) est définie autrement : {2}',
  '{1} was {2} and is now {3}': '{1} était {2} et est maintenant {3}',
  'not declared': 'non déclaré',
  'run {1} was written by srkey {2} in layout {3}; this tool knows layouts up to {4}':
    'l’opération {1} a été écrite par srkey {2} au format {3} ; cet outil connaît les formats jusqu’à {4}',
  'use srkey {1} or newer on this database': 'utiliser srkey {1} ou plus récent sur cette base',
  '{1} is unfinished and has the same roots the other way round':
    '{1} est inachevée et a les mêmes racines en sens inverse',
  '{1} is unfinished and has other roots': '{1} est inachevée et a d’autres racines',
  'old and new value look swapped: exchange --old-value and --new-value to finish that run':
    'ancienne et nouvelle valeur semblent inversées : échanger --old-value et --new-value pour finir cette opération',
  'finish that run first, with the roots it was started with: old {1}, new {2}':
    'finir d’abord cette opération, avec les racines de son démarrage : ancienne {1}, nouvelle {2}',
  '{1} is in state {2}, which {3} cannot go on with': '{1} est dans l’état « {2} », que {3} ne peut pas poursuivre',
  'finish it with srkey {1} and the same roots': 'la finir avec srkey {1} et les mêmes racines',
  'or, when its new root is not the one in use, throw it away: it has changed no stored key (srkey drop-journal --run {1})':
    'ou, si sa nouvelle racine n’est pas celle en service, l’abandonner : elle n’a modifié aucune clé stockée (srkey drop-journal --run {1})',
  '{1} is done: there is nothing left to stage': '{1} est terminée : il n’y a plus rien à préparer',
  'srkey change-ca with the same roots finds what was written under the old root since':
    'srkey change-ca avec les mêmes racines trouve ce qui a été écrit depuis sous l’ancienne racine',
  '{1} is unfinished and {2}': '{1} est inachevée et {2}',
  'run the same command again with the key map that the run was started with; targets may be added to it':
    'relancer la même commande avec la cartographie des clés du démarrage de l’opération ; on peut y ajouter des cibles',
  'its target {1} {2}': 'sa cible {1} {2}',
  'run {1} (old root {2}, new root {3}, started {4} by {5})':
    'l’opération {1} (ancienne racine {2}, nouvelle racine {3}, commencée {4} par {5})',
  // ownership.ts
  'another srkey is at work on this run: {1} on {2} (process {3}), since {4}':
    'un autre srkey travaille sur cette opération : {1} sur {2} (processus {3}), depuis {4}',
  'wait for it to finish, or stop it and run the same command again':
    'attendre qu’il finisse, ou l’arrêter et relancer la même commande',
  // retry.ts
  '{1} failed {2} times in {3} s, last with: {4}': '{1} : {2} échecs en {3}\u00a0s, en dernier : {4}',
  'see that the server and the network are up, then run the same command again: it resumes':
    'vérifier que le serveur et le réseau fonctionnent, puis relancer la même commande : elle reprend',
  // segment.ts, sweep.ts, verify.ts
  'after {1} passes over {2} keys under the old root still appear':
    'après {1} passages sur {2}, des clés sous l’ancienne racine apparaissent encore',
  'find what still writes to {1}.{2} (a server that is not on the new root yet?) and stop or switch it':
    'trouver ce qui écrit encore dans {1}.{2} (un serveur pas encore passé à la nouvelle racine ?) et l’arrêter ou le basculer',
  '{1} of segment {2} of {3} keep changing while they are verified':
    '{1} du segment {2} de {3} {1:change|changent} encore pendant la vérification',
  '{1}: {2}, but {3} in the account of them': '{1} : {2}, mais {3} dans leur décompte',
  // tally.ts
  'no batch was committed since this start; {1}': 'aucun lot n’a été validé depuis ce démarrage ; {1}',
  '{1} ({2}) committed since this start; {3}': '{1} ({2}) {1:validé|validés} depuis ce démarrage ; {3}',
  'what was rewrapped before stays rewrapped': 'ce qui était déjà rechiffré le reste',
  'keys already rewrapped stay rewrapped': 'les clés déjà rechiffrées le restent',
  'no stored key was changed; what was staged before stays in the journal':
    'aucune clé stockée n’a été modifiée ; ce qui était déjà préparé reste dans le journal',
  'no stored key was changed; what is staged stays in the journal':
    'aucune clé stockée n’a été modifiée ; ce qui est préparé reste dans le journal',
  'keys that already have their old value back keep it':
    'les clés qui ont déjà retrouvé leur ancienne valeur la gardent',
  'keys that have their old value back keep it': 'les clés qui ont retrouvé leur ancienne valeur la gardent',
  'no stored key was changed; of the journal of run {1} a part may be gone already':
    'aucune clé stockée n’a été modifiée ; une partie du journal de l’opération {1} a peut-être déjà disparu',
  'run the same command again: it goes on with what is left':
    'relancer la même commande : elle continue avec ce qui reste',
  '{1}; about {2} remain': '{1} ; il reste environ {2}',
  '{1}; every row was gone through, what remains is the sweep and the check':
    '{1} ; chaque ligne a été parcourue, il reste le balayage et la vérification',
  'keep both roots and run the same command again: it resumes where this stopped':
    'garder les deux racines et relancer la même commande : elle reprend là où ceci s’est arrêté',
  'nothing was changed': 'rien n’a été modifié',
  '{1}; {2}': '{1} ; {2}',
  // drop-journal.ts, rollback.ts
  "bringing the tool's own tables up to date": 'mise à jour des tables de l’outil',
  'reading the targets': 'lecture des cibles',
  'dropping the journal': 'suppression du journal',
  'recording that the journal is gone': 'enregistrement de la suppression du journal',
  'verifying the run': 'vérification de l’opération',
  'the journal of run {1} was dropped on {2}; what may be left of it goes now':
    'le journal de l’opération {1} a été supprimé le {2} ; ce qui peut en rester disparaît maintenant',
  '{1} rows of {2} are not as the run left them: whether a key is under the old root is not known':
    '{1} {1:ligne|lignes} de {2} ne {1:correspond|correspondent} plus à ce que l’opération a laissé : on ne sait pas si une clé dépend de l’ancienne racine',
  'run srkey change-ca with the roots of that run once more, then drop the journal':
    'relancer srkey change-ca avec les racines de cette opération, puis supprimer le journal',
  'there is no run {1} in this database': 'il n’y a pas d’opération {1} dans cette base de données',
  'srkey runs lists them': 'srkey runs les liste',
  '{1} is {2}: its journal is all there is to finish it or to roll it back':
    '{1} : état {2} ; son journal est tout ce qui permet de la terminer ou de revenir en arrière',
  'finish it first, with srkey {1}': 'la terminer d’abord, avec srkey {1}',
  'there is nothing to roll back: no run of this database has changed a key':
    'aucun retour en arrière à faire : aucune opération de cette base n’a modifié de clé',
  'the newest change is another one: {1}': 'le dernier changement en est un autre : {1}',
  'give the roots of that run as --old-value and --new-value, as they were given for the change':
    'donner les racines de cette opération en --old-value et --new-value, comme pour le changement',
  'it has changed no stored key; throw it away first, then roll back: srkey drop-journal --run {1}':
    'elle n’a modifié aucune clé stockée ; l’abandonner d’abord, puis revenir en arrière : srkey drop-journal --run {1}',
  'the journal of {1} was dropped: no old value is left':
    'le journal de {1} a été supprimé : il ne reste aucune ancienne valeur',
  'srkey change-ca with the two roots exchanged seals every key for the old root again':
    'srkey change-ca avec les deux racines échangées chiffre de nouveau chaque clé pour l’ancienne racine',
  '{1} is {2}: it has changed no stored key': '{1} : état {2} ; elle n’a modifié aucune clé stockée',
  'to throw it away: srkey drop-journal --run {1}': 'pour l’abandonner : srkey drop-journal --run {1}',
  '{1} worked on {2}, which the key map does not hold':
    '{1} a traité {2}, que la cartographie des clés ne contient pas',
  'give the key map that the change was made with':
    'donner la cartographie des clés avec laquelle le changement a été fait',
  // verify-run.ts, verify-target.ts, open-standing.ts
  'run the same command again: segments in which every key was opened are not opened again':
    'relancer la même commande : les segments dont chaque clé a été ouverte ne le sont pas de nouveau',
  'forgetting which segments were opened': 'oubli des segments ouverts',
  'verify --full opens every key under both roots, and the old root ({1}) was given without its private key':
    'verify --full ouvre chaque clé avec les deux racines, et l’ancienne racine ({1}) a été donnée sans sa clé privée',
  'verify --full opens every key under both roots, and the new root ({1}) was given without its private key':
    'verify --full ouvre chaque clé avec les deux racines, et la nouvelle racine ({1}) a été donnée sans sa clé privée',
  'give both root files with their private keys, or leave --full out: live values are then compared with the journal byte by byte':
    'donner les deux fichiers racine avec leurs clés privées, ou omettre --full : les valeurs sont alors comparées au journal octet par octet',
  'there is nothing to verify: no run of this database has these roots':
    'il n’y a rien à vérifier : aucune opération de cette base n’a ces racines',
  'srkey runs lists the runs and their roots; srkey census counts the keys without a journal':
    'srkey runs liste les opérations et leurs racines ; srkey census recense les clés sans journal',
  'a later change has replaced what run {1} wrote: {2}':
    'un changement ultérieur a remplacé ce que l’opération {1} avait écrit : {2}',
  'give the roots of that run, or count the keys with srkey census':
    'donner les racines de cette opération, ou recenser les clés avec srkey census',
  'the journal of {1} was dropped on {2}: there is nothing left to hold the live values against':
    'le journal de {1} a été supprimé le {2} : il n’y a plus rien à quoi confronter les valeurs',
  'srkey census --full opens every key and tells which root it needs':
    'srkey census --full ouvre chaque clé et dit de quelle racine elle a besoin',
  'the run is held by {1} on {2}: what is changed while this runs may be told as changed by others':
    'l’opération est tenue par {1} sur {2} : ce qui change pendant ce temps peut être dit modifié par d’autres',
  'an earlier verify --full was stopped: {1} of its segments, opened since {2}, are not opened again':
    'un verify --full antérieur a été arrêté : {1} de ses segments, ouverts depuis le {2}, ne sont pas rouverts',
  'recording that segment {1} of {2} was opened': 'enregistrement de l’ouverture du segment {1} de {2}',
  'this login may not record what was opened: when it is stopped, verify begins anew':
    'ce compte n’a pas le droit d’enregistrer ce qui a été ouvert : s’il est arrêté, verify recommence',
  // plan.ts: two certificates of one key
  '{1} seals keys for another certificate of the same new key: the one given (serial {2}, {3}) would not be named in them':
    '{1} chiffre les clés pour un autre certificat de la même nouvelle clé : celui qui est donné (série {2}, {3}) n’y serait pas nommé',
  'give the certificate that the run was begun with': 'donner le certificat avec lequel l’opération a commencé',
  'give the certificate that the run was begun with; if the servers hold the other one, srkey rollback, then srkey change-ca with that':
    'donner le certificat avec lequel l’opération a commencé ; si les serveurs ont l’autre, srkey rollback, puis srkey change-ca avec celui-là',
  // journal-of-census.ts, staging-check.ts
  'the journal cannot be used, every key is read instead: {1}':
    'le journal ne peut pas servir, chaque clé est lue à la place : {1}',
  'the change finds out by itself: what is not current is rewrapped':
    'le changement le constate lui-même : ce qui n’est pas à jour est rechiffré',
  '{1} to swap from the journal, by SQL Server without RSA':
    '{1} à mettre en service depuis le journal, par SQL Server sans RSA',
  '{1}; {2} added, changed or not staged yet, to rewrap':
    '{1} ; {2} {2:ajoutée, modifiée ou pas encore préparée|ajoutées, modifiées ou pas encore préparées}, à rechiffrer',
  // whole-journal.ts, and a journal to be dropped of which somebody else has dropped a part
  'the journal of run {1} ({2}) is not whole: dropped by somebody else, or hidden from this login: {3}':
    'le journal de l’opération {1} ({2}) est incomplet ; supprimé par quelqu’un d’autre, ou caché à ce compte : {3}',
  'restore these tables from a backup; or srkey drop-journal --run {1} lets go of what is left, and srkey census --full tells which root each key needs':
    'restaurer ces tables depuis une sauvegarde ; ou bien srkey drop-journal --run {1} supprime ce qu’il en reste, et srkey census --full dit de quelle racine chaque clé a besoin',
  'restore these tables from a backup: without them the run can be neither finished nor rolled back. Keep both roots; srkey census --full tells which of them each key needs':
    'restaurer ces tables depuis une sauvegarde : sans elles, l’opération ne peut être ni terminée ni annulée. Garder les deux racines ; srkey census --full dit de laquelle chaque clé a besoin',
  '{1} of run {2} is not there any more: whether the keys of {3} stand, srkey census --full tells':
    '{1} de l’opération {2} n’est plus là : srkey census --full dit si les clés de {3} tiennent',
  '{1} of run {2} is not there any more: the journal of {3} is, but it cannot be held against the live rows':
    '{1} de l’opération {2} n’est plus là : le journal de {3} y est encore, mais ne peut pas être comparé aux lignes en service',
  'srkey census --full tells whether a key needs the old root; when none does, let a DBA drop that journal too, and run the same command again':
    'srkey census --full dit si une clé a besoin de l’ancienne racine ; si aucune n’en a besoin, faire supprimer aussi ce journal par un DBA, puis relancer la même commande',
};
