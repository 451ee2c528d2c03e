import { describe, expect, it } from 'vitest';
import { ProgressScreen } from '../../../src/ui/screens/progress-screen.tsx';
import { aJob } from '../a-state.ts';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('the progress', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French', () => {
    expect(draw(SHOWN.progress, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Changing the certificate authority             step 3 of 7
      ────────────────────────────────────────────────────────────
       Rewrapping: opened with the old root, sealed for the new
       one, 2 targets.
       ███████▉░░░░░░░░░░░░░░░░░░░░░ 27.2 %  1,500 of 5,500 rows
       ▁▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁█ 500 keys/s · 7 to 9 s left
       file keys         ████▉░░░░░░░░  1,500 of 4,000
       disk volume keys  ░░░░░░░░░░░░░      0 of 1,500
       keys changing for   6 s
       last ledger entry   batch 119 committed 14:02:31, 500 rows
       left behind so far  0
       retries             0
       RSA threads         2


      ────────────────────────────────────────────────────────────
       p pause  ·  s stop after this batch  ·  + - threads
       d details  ·  Ctrl-C stop
      "
    `);
    expect(draw(SHOWN.progress, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Changement d’autorité de certification       étape 3 sur 7
      ────────────────────────────────────────────────────────────
       Rechiffrement : ouvertes avec l’ancienne racine, chiffrées
       pour la nouvelle, 2 cibles.
       ███████░░░░░░░░░░░░░░░░░░░ 27,2 %  1 500 sur 5 500 lignes
       ▁▁▁▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁ 500 clés/s · reste 7 à 9 s
       file keys         ████▌░░░░░░░  1 500 sur 4 000
       disk volume keys  ░░░░░░░░░░░░      0 sur 1 500
       changement depuis     6 s
       dernier lot           lot 119 validé à 14:02:31, 500
                             lignes
       laissées de côté      0
       nouvelles tentatives  0
       threads RSA           2


      ────────────────────────────────────────────────────────────
       p pause  ·  s arrêter après ce lot  ·  + - threads
       d détails  ·  Ctrl-C arrêter
      "
    `);
    expect(draw(SHOWN.progress, { columns: 100, rows: 20 })).toMatchInlineSnapshot(`
      "
       Changing the certificate authority                                   SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Rewrapping: opened with the old root, sealed for the new one, 2 targets.
       ██████████████████▊░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 27.2 %  1,500 of 5,500 rows
       ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█ 500 keys/s · 7 to 9 s left
       file keys         ██████████████████▊░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1,500 of 4,000
       disk volume keys  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░      0 of 1,500
       keys changing for   6 s
       last ledger entry   batch 119 committed 14:02:31, 500 rows
       left behind so far  0
       retries             0
       RSA threads         2


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       p pause  ·  s stop after this batch  ·  + - threads  ·  d details  ·  Ctrl-C stop
      "
    `);
    expect(draw(SHOWN.progress, { columns: 100, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Changement d’autorité de certification                             SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Rechiffrement : ouvertes avec l’ancienne racine, chiffrées pour la nouvelle, 2 cibles.
       ██████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 27,2 %  1 500 sur 5 500 lignes
       ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█ 500 clés/s · reste 7 à 9 s
       file keys         ██████████████████▊░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1 500 sur 4 000
       disk volume keys  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░      0 sur 1 500
       changement depuis     6 s
       dernier lot           lot 119 validé à 14:02:31, 500 lignes
       laissées de côté      0
       nouvelles tentatives  0
       threads RSA           2


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       p pause  ·  s arrêter après ce lot  ·  + - threads  ·  d détails  ·  Ctrl-C arrêter
      "
    `);
    expect(draw(SHOWN.progress, { columns: 160, rows: 20 })).toMatchInlineSnapshot(`
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
       left behind so far  0
       retries             0
       RSA threads         2


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       p pause  ·  s stop after this batch  ·  + - threads  ·  d details  ·  Ctrl-C stop
      "
    `);
    expect(draw(SHOWN.progress, { columns: 160, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Changement d’autorité de certification                                                                                         SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Rechiffrement : ouvertes avec l’ancienne racine, chiffrées pour la nouvelle, 2 cibles.
       ███████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 27,2 %  1 500 sur 5 500 lignes
       ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█ 500 clés/s · reste 7 à 9 s
       file keys         ██████████████████▊░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1 500 sur 4 000
       disk volume keys  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░      0 sur 1 500
       changement depuis     6 s
       dernier lot           lot 119 validé à 14:02:31, 500 lignes
       laissées de côté      0
       nouvelles tentatives  0
       threads RSA           2


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       p pause  ·  s arrêter après ce lot  ·  + - threads  ·  d détails  ·  Ctrl-C arrêter
      "
    `);
  });
});

describe('the progress of a verification', () => {
  it('counts the rows that were held against the journal', () => {
    const job = aJob('verify', [
      { type: 'verify', runId: 1, state: 'done', basis: 'applied', full: true },
      { type: 'verify-progress', targetNo: 1, name: 'file keys', rows: 1000, of: 4000 },
    ]);
    const frame = draw(<ProgressScreen showsDetails={false} scroll={0} place={null} about={null} job={job} />);
    expect(frame).toMatch(/25\.0? % +1,000 of 4,000 rows/);
    expect(frame).toMatch(/file keys .* 1,000 of 4,000/);
  });
});
