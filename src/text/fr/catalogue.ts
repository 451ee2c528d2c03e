/**
 * All of the French, from its areas. No template may stand in two of them: a test looks.
 *
 * One word for each idea, in all areas:
 *
 *     root, root file          racine, fichier racine            stored key               clé stockée
 *     old value, new value     ancienne, nouvelle valeur         key columns              clé primaire
 *     key map                  cartographie des clés             target                   cible
 *     plan (saved by --plan)   plan                              live (key, value, row)   en service
 *     envelope, to wrap        enveloppe, envelopper             encoding, padding        encodage, remplissage
 *     to rewrap, to seal       rechiffrer, chiffrer              plaintext                contenu en clair
 *     run                      opération                         segment, batch           segment, lot
 *     committed, rolled back   validé, annulé (d’un lot)         ledger                   registre des lots
 *     journal                  journal                           transaction log          journal des transactions
 *     log file                 fichier de trace                  census, to count keys    recensement, recenser
 *     to stage, staging        préparer, préparation             to swap, to apply        mettre en service
 *     to roll a run back       revenir en arrière                to drop a journal        supprimer un journal
 *     sweep                    balayage                          verified                 vérifié
 *     (un)accounted for        (non) justifié                    left behind              laissé de côté
 *     foreign, unreadable      étrangère, illisible              damaged                  endommagé
 *     preflight, check         contrôles préalables, contrôle    warning, failed          alerte, échec
 *     dry run                  simulation                        not proven safe          sûreté non prouvée
 *     lease, to take over      bail, reprendre                   lock                     verrou
 *     login (of the server)    compte                            to log in                s’identifier, se connecter
 *     connection               connexion                         right, to grant          droit, accorder
 *     failure, bug             panne, défaut                     embedded                 intégré
 *     to change data           modifier                          to change the authority  changer d’autorité
 *     to resume, retry         reprendre, nouvelle tentative      workstation, computer    poste, ordinateur
 *     certificate authority    autorité de certification         private key, serial      clé privée, numéro de série
 *     fingerprint              empreinte                         passphrase, password     phrase secrète, mot de passe
 *     backup                   sauvegarde                        trigger, index           déclencheur, index
 *     flag, setting            option, réglage                   state folder             dossier d’état
 *     worker thread            thread de travail                 purge                    purge
 *
 * « Cartographie » and not « plan »: --plan has one, too; nor « carte », which is a smart card. Remedies and prompts stand
 * in the infinitive, errors in lower case without a full stop, as in English. No article stands before a value whose
 * gender is not known: « lecture impossible de X (cartographie des clés) ». Apostrophes are typographic, spaces before
 * high punctuation ordinary: typeset.ts makes them narrow.
 */
import type { Catalogue } from '../language.ts';
import { CLI } from './cli.ts';
import { CONFIG } from './config.ts';
import { CONNECTION } from './connection.ts';
import { CRYPTO } from './crypto.ts';
import { DB } from './db.ts';
import { DEMO } from './demo.ts';
import { ENVELOPES } from './envelopes.ts';
import { ERRORS } from './errors.ts';
import { KEYS } from './keys.ts';
import { NOUNS } from './nouns.ts';
import { OUTPUT } from './output.ts';
import { PREFLIGHT } from './preflight.ts';
import { QUANTITIES } from './quantities.ts';
import { REPORT } from './report.ts';
import { ROTATION } from './rotation.ts';
import { TARGETS } from './targets.ts';
import { UI } from './ui.ts';
import { UI_JOBS } from './ui-jobs.ts';

export const AREAS: Readonly<Record<string, Catalogue>> = {
  cli: CLI,
  config: CONFIG,
  connection: CONNECTION,
  crypto: CRYPTO,
  db: DB,
  demo: DEMO,
  envelopes: ENVELOPES,
  errors: ERRORS,
  keys: KEYS,
  nouns: NOUNS,
  output: OUTPUT,
  preflight: PREFLIGHT,
  quantities: QUANTITIES,
  report: REPORT,
  rotation: ROTATION,
  targets: TARGETS,
  ui: UI,
  uiJobs: UI_JOBS,
};

export const CATALOGUE: Catalogue = Object.assign({}, ...Object.values(AREAS)) as Catalogue;
