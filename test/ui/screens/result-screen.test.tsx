import { describe, expect, it } from 'vitest';
import type { ReactNode } from 'react';
import { NO_DEVIATIONS } from '../../../src/keys/deviation.ts';
import type { DeviationCounts } from '../../../src/keys/deviation.ts';
import { RUN_STATE_WORDS } from '../../../src/keys/run.ts';
import type { RotationEvent } from '../../../src/progress/events.ts';
import { text } from '../../../src/text/message.ts';
import { ResultScreen } from '../../../src/ui/screens/result-screen.tsx';
import { A_CENSUS, A_PLAN, aJob, anOutcome } from '../a-state.ts';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

const still = { scroll: 0, place: null, about: null };

describe('the result', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French, with what was left behind', () => {
    expect(draw(SHOWN.result, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Result                       SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────
       ! Finished: every key that opened with the old root now
         needs the new one. 2 keys left behind.
                          keys  ░      █  ▓  ×    ·
       file keys         4,000  0  3,895  1  0  104  ██████████▓·
       disk volume keys  1,500  0  1,450  0  1   49  ██████████×·
       all               5,500  0  5,345  1  1  153  █████████▓×·
       █ new  ▓ foreign  × unreadable  · empty
       1. Let the agents reconnect; they get their keys through
          servers that hold the new root.
       2. Keep old_root.pem in a safe place: backups of this
          database made before today need it for ever.
       3. Find out about the keys left behind before the old
          certificates are purged (phase 3, cleanup_cert.bat): a
          census must be clean.
       time      1 min 12 s
      ── more below ──────────────────────────────────────────────
       Enter back to the menu  ·  ↑↓ scroll
      "
    `);
    expect(draw(SHOWN.result, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Résultat                   SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────
       ! Terminé : chaque clé qui s’ouvrait avec l’ancienne
         racine a maintenant besoin de la nouvelle. Laissées de
         côté : 2 clés.
                          clés  ░      █  ▓  ×    ·
       file keys         4 000  0  3 895  1  0  104  ██████████▓·
       disk volume keys  1 500  0  1 450  0  1   49  ██████████×·
       toutes            5 500  0  5 345  1  1  153  █████████▓×·
       █ nouvelle  ▓ étrangère  × illisible  · vide
       1. Laisser les agents se reconnecter ; ils reçoivent leurs
          clés par des serveurs qui ont la nouvelle racine.
       2. Garder old_root.pem en lieu sûr : les sauvegardes de
          cette base faites avant aujourd’hui en ont besoin pour
          toujours.
       3. Tirer au clair le cas des clés laissées de côté avant
          de purger les anciens certificats (phase 3,
      ── suite plus bas ──────────────────────────────────────────
       Entrée retour au menu  ·  ↑↓ défiler
      "
    `);
    expect(draw(SHOWN.result, { columns: 100, rows: 30 })).toMatchInlineSnapshot(`
      "
       Result                                                               SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Finished: every key that opened with the old root now needs the new one. 2 keys left behind.

                          keys  old    new  foreign  unreadable  empty
       file keys         4,000    0  3,895        1           0    104  ███████████████████████████████▓·
       disk volume keys  1,500    0  1,450        0           1     49  ███████████████████████████████×·
       all               5,500    0  5,345        1           1    153  ██████████████████████████████▓×·
       █ new  ▓ foreign  × unreadable  · empty

       1. Let the agents reconnect; they get their keys through servers that hold the new root.
       2. Keep old_root.pem in a safe place: backups of this database made before today need it for ever.
       3. Find out about the keys left behind before the old certificates are purged (phase 3,
          cleanup_cert.bat): a census must be clean.

       time      1 min 12 s
       check     5,500 rows compared with the journal, 0 unaccounted for
       log file  /state/srkey-change-ca.log

       ! 2 keys left behind, untouched:
         file keys [13DAD422-5F4F] foreign: its recipient is neither root
         disk volume keys [1004, WD-7] unreadable: opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter back to the menu
      "
    `);
    expect(draw(SHOWN.result, { columns: 100, rows: 30, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Résultat                                                           SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Terminé : chaque clé qui s’ouvrait avec l’ancienne racine a maintenant besoin de la nouvelle.
         Laissées de côté : 2 clés.

                          clés  ancienne  nouvelle  étrangère  illisible  vide
       file keys         4 000         0     3 895          1          0   104  ███████████████████████▓·
       disk volume keys  1 500         0     1 450          0          1    49  ███████████████████████×·
       toutes            5 500         0     5 345          1          1   153  ██████████████████████▓×·
       █ nouvelle  ▓ étrangère  × illisible  · vide

       1. Laisser les agents se reconnecter ; ils reçoivent leurs clés par des serveurs qui ont la
          nouvelle racine.
       2. Garder old_root.pem en lieu sûr : les sauvegardes de cette base faites avant aujourd’hui en ont
          besoin pour toujours.
       3. Tirer au clair le cas des clés laissées de côté avant de purger les anciens certificats
          (phase 3, cleanup_cert.bat) : le recensement doit être sans réserve.

       durée             1 min 12 s
       contrôle          5 500 lignes comparées au journal, 0 non justifiée
       fichier de trace  /state/srkey-change-ca.log

       ! 2 clés laissées de côté, intactes :
         file keys [13DAD422-5F4F] étrangère : its recipient is neither root
         disk volume keys [1004, WD-7] illisible : opens under neither root

      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée retour au menu
      "
    `);
    expect(draw(SHOWN.result, { columns: 160, rows: 30 })).toMatchInlineSnapshot(`
      "
       Result                                                                                                                           SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Finished: every key that opened with the old root now needs the new one. 2 keys left behind.

                          keys  old    new  foreign  unreadable  empty  █ new  ▓ foreign  × unreadable  · empty
       file keys         4,000    0  3,895        1           0    104  ██████████████████████████████████████▓·
       disk volume keys  1,500    0  1,450        0           1     49  ██████████████████████████████████████×·
       all               5,500    0  5,345        1           1    153  █████████████████████████████████████▓×·

       1. Let the agents reconnect; they get their keys through servers that hold the new root.
       2. Keep old_root.pem in a safe place: backups of this database made before today need it for ever.
       3. Find out about the keys left behind before the old certificates are purged (phase 3, cleanup_cert.bat): a census must be clean.

       time      1 min 12 s
       check     5,500 rows compared with the journal, 0 unaccounted for
       log file  /state/srkey-change-ca.log

       ! 2 keys left behind, untouched:
         file keys [13DAD422-5F4F] foreign: its recipient is neither root
         disk volume keys [1004, WD-7] unreadable: opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter back to the menu
      "
    `);
    expect(draw(SHOWN.result, { columns: 160, rows: 30, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Résultat                                                                                                                       SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Terminé : chaque clé qui s’ouvrait avec l’ancienne racine a maintenant besoin de la nouvelle. Laissées de côté : 2 clés.

                          clés  ancienne  nouvelle  étrangère  illisible  vide  █ nouvelle  ▓ étrangère  × illisible  · vide
       file keys         4 000         0     3 895          1          0   104  ██████████████████████████████████████▓·
       disk volume keys  1 500         0     1 450          0          1    49  ██████████████████████████████████████×·
       toutes            5 500         0     5 345          1          1   153  █████████████████████████████████████▓×·

       1. Laisser les agents se reconnecter ; ils reçoivent leurs clés par des serveurs qui ont la nouvelle racine.
       2. Garder old_root.pem en lieu sûr : les sauvegardes de cette base faites avant aujourd’hui en ont besoin pour toujours.
       3. Tirer au clair le cas des clés laissées de côté avant de purger les anciens certificats (phase 3, cleanup_cert.bat) : le recensement doit être sans
          réserve.

       durée             1 min 12 s
       contrôle          5 500 lignes comparées au journal, 0 non justifiée
       fichier de trace  /state/srkey-change-ca.log

       ! 2 clés laissées de côté, intactes :
         file keys [13DAD422-5F4F] étrangère : its recipient is neither root
         disk volume keys [1004, WD-7] illisible : opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée retour au menu
      "
    `);
  });

  it('of a census says from what it is concluded, target by target', () => {
    const conclusions = [
      { about: 'file keys', from: text`the journal of run ${7} (${RUN_STATE_WORDS.done})` },
      { about: text`staging`, from: text`The staging is current: change-ca will only swap.` },
    ];
    const outcome = anOutcome({ census: A_CENSUS, purge: { isSafe: true, reasons: [] }, conclusions });
    const frame = draw(<ResultScreen job={aJob('census', [A_PLAN], { outcome })} {...still} />, { rows: 40 });
    expect(frame).toContain('Concluded from:\n file keys  the journal of run 7 (done)\n staging');
  });

  it('of a verification tells a change that stands from keys that it could not help', () => {
    const verified = (deviations: DeviationCounts): ReactNode => {
      const standing = { targetNo: 1, name: 'file keys', column: 'c', rows: 9, standing: 9, leftBehind: 2, pending: 0 };
      const events: readonly RotationEvent[] = [
        { type: 'verify', runId: 7, state: 'done', basis: 'applied', full: false },
        A_PLAN,
        { type: 'standing', target: { ...standing, deviations, opened: null, openedBefore: 0 } },
      ];
      return <ResultScreen job={aJob('verify', events, { outcome: anOutcome({ exitCode: 3 }) })} {...still} />;
    };
    expect(draw(verified({ ...NO_DEVIATIONS, changed: 1 }))).toContain(
      '! Run 7 stands. 2 keys that neither root opens',
    );
    expect(draw(verified({ ...NO_DEVIATIONS, old: 1 }))).toContain('! Run 7 does not stand everywhere');
  });
});
