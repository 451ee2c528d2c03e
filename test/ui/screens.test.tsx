import { describe, expect, it } from 'vitest';
import { text, verbatim } from '../../src/text/message.ts';
import { offeredEntries } from '../../src/ui/menu.ts';
import { ChecksScreen } from '../../src/ui/screens/checks-screen.tsx';
import { ConfirmScreen } from '../../src/ui/screens/confirm-screen.tsx';
import { FilesScreen } from '../../src/ui/screens/files-screen.tsx';
import { LoginScreen } from '../../src/ui/screens/login-screen.tsx';
import { MenuScreen } from '../../src/ui/screens/menu-screen.tsx';
import { ProgressScreen } from '../../src/ui/screens/progress-screen.tsx';
import { RehearsalScreen } from '../../src/ui/screens/rehearsal-screen.tsx';
import { ResultScreen } from '../../src/ui/screens/result-screen.tsx';
import { RunsScreen } from '../../src/ui/screens/runs-screen.tsx';
import { lineOf } from '../../src/ui/state/line-edit.ts';
import {
  A_CENSUS,
  A_PLAN,
  A_RUN_EVENT,
  aBatch,
  aCheck,
  aJob,
  ALL_READ,
  anOutcome,
  aRoot,
  aRun,
  aState,
  LEFT_BEHIND,
  NEW_ROOT,
} from './a-state.ts';
import { draw, tooWide } from './draw.tsx';

const place = text`step ${3} of ${7}`;
const about = 'SQL01\\SES srkey';

const warning = aCheck({
  id: 'backup',
  status: 'warning',
  title: verbatim('last full backup'),
  found: verbatim('there was never one'),
  remedy: verbatim('make a full backup now'),
});

const menu = <MenuScreen entries={offeredEntries({ hasUnfinished: false })} index={0} unfinished={null} facts={null} />;

const login = (
  <LoginScreen
    place={place}
    login={{
      ...aState().login,
      lines: { ...aState().login.lines, password: lineOf('secret') },
      focus: 'password',
      problem: {
        field: 'password',
        problem: { message: text`this field is needed`, remedy: text`check again` },
      },
    }}
  />
);

const files = (
  <FilesScreen
    files={{ ...aState().files, slots: ALL_READ, focus: 'go' }}
    entries={[]}
    place={place}
    about={about}
    openRun={null}
    isSwapped={false}
  />
);

const checks = (
  <ChecksScreen
    job={aJob('rehearse', [
      { type: 'check', check: aCheck() },
      { type: 'check', check: warning },
      {
        type: 'check',
        check: aCheck({ id: 'roots-differ', title: verbatim('roots'), found: verbatim('CN=Old and CN=New') }),
      },
      A_PLAN,
    ])}
    targets={['file keys', 'disk volume keys']}
    acknowledged={[]}
    showsDetails={false}
    scroll={0}
    isAsked={false}
    {...{ place, about }}
  />
);

const rehearsal = (
  <RehearsalScreen
    job={aJob(
      'rehearse',
      [
        A_PLAN,
        ...LEFT_BEHIND,
        {
          type: 'forecast',
          forecast: { keys: 5345, secondsLow: 60, secondsHigh: 100, journalBytes: 13e6, logBytes: 29e6 },
        },
      ],
      { outcome: anOutcome({ census: A_CENSUS }) },
    )}
    isBack={false}
    scroll={0}
    {...{ place, about }}
  />
);

const confirm = (
  <ConfirmScreen
    job={aJob('change', [])}
    confirm={{
      confirmation: {
        server: 'SQL01\\SES',
        database: 'srkey',
        old: aRoot(),
        new: NEW_ROOT,
        keys: 5500,
        checks: [],
        resumes: false,
      },
      word: lineOf('Ye'),
    }}
    acknowledged={[]}
    place={place}
  />
);

const progress = (
  <ProgressScreen
    job={aJob(
      'change',
      [A_RUN_EVENT, A_PLAN, { type: 'workers', workers: 2 }, aBatch(117, 500), aBatch(118, 500), aBatch(119, 500)],
      {
        windowStartedMs: 0,
      },
    )}
    showsDetails={false}
    scroll={0}
    {...{ place, about }}
  />
);

const result = (
  <ResultScreen
    job={aJob(
      'change',
      [
        A_RUN_EVENT,
        A_PLAN,
        ...LEFT_BEHIND,
        { type: 'verified', targetNo: 1, rows: 4000, rewrapped: 3895, unaccounted: 0 },
        { type: 'verified', targetNo: 2, rows: 1500, rewrapped: 1450, unaccounted: 0 },
      ],
      {
        outcome: anOutcome({ exitCode: 3, census: A_CENSUS, windowMs: 72_000, logFile: '/state/srkey-change-ca.log' }),
      },
    )}
    scroll={0}
    {...{ place, about }}
  />
);

const runs = <RunsScreen runs={[aRun()]} scroll={0} place={place} about={about} />;

const SCREENS = { menu, login, files, checks, rehearsal, confirm, progress, result, runs };

describe.each(Object.keys(SCREENS) as (keyof typeof SCREENS)[])('the %s screen', (name) => {
  const screen = SCREENS[name];

  it.each([
    [60, 20],
    [80, 24],
    [100, 30],
    [160, 50],
    [200, 60],
  ])('stays within %i columns and %i rows in both languages', (columns, rows) => {
    for (const lang of ['en', 'fr'] as const) {
      const frame = draw(screen, { columns, rows, lang });
      expect(tooWide(frame, columns)).toEqual([]);
      expect(frame.trim().split('\n').length).toBeLessThan(rows);
    }
  });

  it('is plain ASCII but for data and language with the plain glyphs', () => {
    // eslint-disable-next-line no-control-regex -- what is not ASCII is what it looks for
    expect(draw(screen, { plain: true }).match(/[^\u0000-\u007f]/g)).toBeNull();
  });
});

describe('frames, in English and French', () => {
  it('show the login refused, beside the field that needs changing', () => {
    expect(draw(login, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Login to the key database                      step 3 of 7
      ────────────────────────────────────────────────────────────

         Server\\instance     SQL01\\SES
         Database            srkey
         Authentication      SQL Server login
         User                sa
       ❯ Password            ••••••
                             ✗ this field is needed
                             → check again
         Server certificate  verified by this computer
         Old server          no

         [ Connect ]


      ────────────────────────────────────────────────────────────
       ↑↓ field  ·  Enter next, connect
      "
    `);
  });

  it('show the checks with a warning to be read, in 100 columns', () => {
    expect(draw(checks, { columns: 100, rows: 22 })).toMatchInlineSnapshot(`
      "
       Checks before anything is written                                    SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ! WARNING  Server, rights, backup  there was never one
       ✓ ok       Both roots              CN=Old and CN=New









       Warning 1 of 1: last full backup
       there was never one
       → make a full backup now


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter I have read this warning  ·  d every check  ·  Esc back to the files
      "
    `);
    expect(draw(checks, { columns: 100, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Contrôles avant toute écriture                                     SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ! ALERTE   Serveur, droits, sauvegarde  there was never one
       ✓ ok       Les deux racines             CN=Old and CN=New









       Avertissement 1 sur 1 : last full backup
       there was never one
       → make a full backup now


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter j’ai lu cet avertissement  ·  d tous les contrôles  ·  Esc retour aux fichiers
      "
    `);
  });

  it('show the dry run in 60, 100 and 160 columns', () => {
    expect(draw(rehearsal, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Dry run: what the change would do
      ────────────────────────────────────────────────────────────

                          keys  ░      █  ▓  ×    ·
       file keys         4,000  0  3,895  1  0  104  ██████████▓·
       disk volume keys  1,500  0  1,450  0  1   49  ██████████×·
       all               5,500  0  5,345  1  1  153  █████████▓×·
       █ new  ▓ foreign  × unreadable  · empty

       to rewrap    5,345 keys
       time         1 to 2 min
       space        12.4 MiB for the journal, 27.7 MiB of
                    transaction log
       left behind  at least 2 keys: neither root opens them,
                    they stay as they are

       ! 2 keys left behind, untouched:
      ────────────────────────────────────────────────────────────
       Enter go on to the confirmation  ·  r check again
      "
    `);
    expect(draw(rehearsal, { columns: 100, rows: 22 })).toMatchInlineSnapshot(`
      "
       Dry run: what the change would do                                    SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

                          keys  old    new  foreign  unreadable  empty  █ new  ▓ foreign  × unreadable  …
       file keys         4,000    0  3,895        1           0    104  ███████████████████████████████▓·
       disk volume keys  1,500    0  1,450        0           1     49  ███████████████████████████████×·
       all               5,500    0  5,345        1           1    153  ██████████████████████████████▓×·

       to rewrap    5,345 keys
       time         1 to 2 min
       space        12.4 MiB for the journal, 27.7 MiB of transaction log
       left behind  at least 2 keys: neither root opens them, they stay as they are

       ! 2 keys left behind, untouched:
         file keys [13DAD422-5F4F] foreign: its recipient is neither root
         disk volume keys [1004, WD-7] unreadable: opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter go on to the confirmation  ·  r check again  ·  ↑↓ scroll  ·  Esc back to the files
      "
    `);
    expect(draw(rehearsal, { columns: 160, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Simulation : ce que ferait le changement                                                                                       SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

                          clés  ancienne  nouvelle  étrangère  illisible  vide  █ nouvelle  ▓ étrangère  × illisible  · vide
       file keys         4 000         0     3 895          1          0   104  ██████████████████████████████████████▓·
       disk volume keys  1 500         0     1 450          0          1    49  ██████████████████████████████████████×·
       toutes            5 500         0     5 345          1          1   153  █████████████████████████████████████▓×·

       à rechiffrer      5 345 clés
       durée             1 à 2 min
       espace            12,4 Mio pour le journal, 27,7 Mio de journal des transactions
       laissées de côté  au moins 2 clés : aucune des deux racines ne les ouvre, elles restent telles quelles

       ! 2 clés laissées de côté, intactes :
         file keys [13DAD422-5F4F] étrangère: its recipient is neither root
         disk volume keys [1004, WD-7] illisible: opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter passer à la confirmation  ·  r recontrôler  ·  ↑↓ défiler  ·  Esc retour aux fichiers
      "
    `);
  });

  it('show what is confirmed, both fingerprints whole', () => {
    expect(draw(confirm, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Confirm the change                             step 3 of 7
      ────────────────────────────────────────────────────────────
       server    SQL01\\SES
       database  srkey
       keys      5,500 rows in the columns of the key map
       old root  0A:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                 C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       new root  0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                 C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4

       Every key that opens with the old root will be sealed for
       the new one. Old values stay in the journal.

       ❯ Type Yes to begin: Ye


      ────────────────────────────────────────────────────────────
       Enter begin, if the word is Yes
      "
    `);
    expect(draw(confirm, { columns: 100, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Confirmer le changement                                                              étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       serveur          SQL01\\SES
       base de données  srkey
       clés             5 500 lignes dans les colonnes du plan des clés
       ancienne racine  CN=SES Root Authority, O=Example
                        0A:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                        C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       nouvelle racine  CN=SES Root Authority, O=Example
                        0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                        C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4

       Chaque clé qui s’ouvre avec l’ancienne racine sera chiffrée pour la nouvelle. Les anciennes
       valeurs restent dans le journal.

       ❯ Tapez Yes pour commencer : Ye


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter commencer, si le mot est Yes  ·  Esc retour, rien n’est changé
      "
    `);
  });

  it('show the progress in 60, 100 and 160 columns', () => {
    expect(draw(progress, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Changing the certificate authority
      ────────────────────────────────────────────────────────────
       Rewrapping: opened with the old root, sealed for the new
       one, 2 targets.
       ███████▉░░░░░░░░░░░░░░░░░░░░░ 27.2 %  1,500 of 5,500 rows
       ▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁█ 500 keys/s · 7 to 9 s left

       file keys         ████▉░░░░░░░░  1,500 of 4,000
       disk volume keys  ░░░░░░░░░░░░░      0 of 1,500

       keys changing for   6 s
       last ledger entry   batch 119 committed 14:02:31, 500 rows
       RSA threads         2
       retries             0
       left behind so far  0


      ────────────────────────────────────────────────────────────
       p pause  ·  s stop after this batch  ·  + - threads
      "
    `);
    expect(draw(progress, { columns: 100, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Changement d’autorité de certification                             SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Rechiffrement : ouvertes avec l’ancienne racine, chiffrées pour la nouvelle, 2 cibles.
       ██████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 27,2 %  1 500 sur 5 500 lignes
       ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█ 500 clés/s · reste 7 à 9 s

       file keys         ██████████████████▊░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1 500 sur 4 000
       disk volume keys  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░      0 sur 1 500

       changement depuis     6 s
       dernière écriture     lot 119 validé à 14:02:31, 500 lignes
       threads RSA           2
       nouvelles tentatives  0
       laissées de côté      0


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       p pause  ·  s arrêter après ce lot  ·  + - threads  ·  d détails  ·  Ctrl-C arrêter
      "
    `);
    expect(draw(progress, { columns: 160, rows: 22 })).toMatchInlineSnapshot(`
      "
       Changing the certificate authority                                                                                               SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Rewrapping: opened with the old root, sealed for the new one, 2 targets.
       ███████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 27.2 %  1,500 of 5,500 rows
       ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█ 500 keys/s · 7 to 9 s left

       file keys         ██████████████████▊░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1,500 of 4,000
       disk volume keys  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░      0 of 1,500

       keys changing for   6 s
       last ledger entry   batch 119 committed 14:02:31, 500 rows
       RSA threads         2
       retries             0
       left behind so far  0


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       p pause  ·  s stop after this batch  ·  + - threads  ·  d details  ·  Ctrl-C stop
      "
    `);
  });

  it('show the result with what was left behind', () => {
    expect(draw(result, { columns: 60, rows: 20, plain: true })).toMatchInlineSnapshot(`
      "
       Result                       SQL01\\SES srkey . step 3 of 7
      ------------------------------------------------------------
       ! Finished: every key that opened with the old root now
       needs the new one. 2 keys left behind.
                          keys  -      #  @  x    .
       file keys         4,000  0  3,895  1  0  104  ##########@.
       disk volume keys  1,500  0  1,450  0  1   49  ##########x.
       all               5,500  0  5,345  1  1  153  #########@x.
       # new  @ foreign  x unreadable  . empty
       time      1 min 12 s
       check     5,500 rows compared with the journal, 0
                 unaccounted for
       log file  /state/srkey-change-ca.log
       1. Let the agents reconnect; they get their keys through
          servers that hold the new root.
       2. Keep old_root.pem in a safe place: backups of this
          database made before today need it for ever.
      ------------------------------------------------------------
       Enter back to the menu  .  ^v scroll
      "
    `);
    expect(draw(result, { columns: 100, rows: 30, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Résultat                                                           SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Terminé : chaque clé qui s’ouvrait avec l’ancienne racine demande maintenant la nouvelle.
       Laissées de côté : 2 clés.

                          clés  ancienne  nouvelle  étrangère  illisible  vide  █ nouvelle  ▓ étrangère …
       file keys         4 000         0     3 895          1          0   104  ███████████████████████▓·
       disk volume keys  1 500         0     1 450          0          1    49  ███████████████████████×·
       toutes            5 500         0     5 345          1          1   153  ██████████████████████▓×·

       durée             1 min 12 s
       contrôle          5 500 lignes comparées au journal, 0 injustifiées
       fichier de trace  /state/srkey-change-ca.log

       1. Laisser les agents se reconnecter ; ils reçoivent leurs clés par des serveurs qui ont la
          nouvelle racine.
       2. Garder old_root.pem en lieu sûr : les sauvegardes de cette base faites avant aujourd’hui en ont
           besoin pour toujours.
       3. Élucider les clés laissées de côté avant la purge des anciens certificats (phase 3,
          cleanup_cert.bat) : le recensement doit être sans réserve.

       ! 2 clés laissées de côté, intactes :
         file keys [13DAD422-5F4F] étrangère: its recipient is neither root
         disk volume keys [1004, WD-7] illisible: opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter retour au menu  ·  ↑↓ défiler
      "
    `);
  });
});
