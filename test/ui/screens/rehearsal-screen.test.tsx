import { describe, expect, it } from 'vitest';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('the dry run', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French', () => {
    expect(draw(SHOWN.rehearsal, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Dry run: what the change would do              step 3 of 7
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

      ── more below ──────────────────────────────────────────────
       Enter go on to the confirmation  ·  r check again
       Esc back to the files  ·  ↑↓ scroll
      "
    `);
    expect(draw(SHOWN.rehearsal, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Simulation : ce que ferait le changement     étape 3 sur 7
      ────────────────────────────────────────────────────────────

                          clés  ░      █  ▓  ×    ·
       file keys         4 000  0  3 895  1  0  104  ██████████▓·
       disk volume keys  1 500  0  1 450  0  1   49  ██████████×·
       toutes            5 500  0  5 345  1  1  153  █████████▓×·
       █ nouvelle  ▓ étrangère  × illisible  · vide

       à rechiffrer      5 345 clés
       durée             1 à 2 min
       espace            12,4 Mio pour le journal, 27,7 Mio de
                         journal des transactions
       laissées de côté  au moins 2 clés : aucune des deux
                         racines ne les ouvre, elles restent
                         telles quelles
      ── suite plus bas ──────────────────────────────────────────
       Entrée passer à la confirmation  ·  r recontrôler
       Échap retour aux fichiers  ·  ↑↓ défiler
      "
    `);
    expect(draw(SHOWN.rehearsal, { columns: 100, rows: 22 })).toMatchInlineSnapshot(`
      "
       Dry run: what the change would do                                    SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

                          keys  old    new  foreign  unreadable  empty
       file keys         4,000    0  3,895        1           0    104  ███████████████████████████████▓·
       disk volume keys  1,500    0  1,450        0           1     49  ███████████████████████████████×·
       all               5,500    0  5,345        1           1    153  ██████████████████████████████▓×·
       █ new  ▓ foreign  × unreadable  · empty

       to rewrap    5,345 keys
       time         1 to 2 min
       space        12.4 MiB for the journal, 27.7 MiB of transaction log
       left behind  at least 2 keys: neither root opens them, they stay as they are

       ! 2 keys left behind, untouched:
         file keys [13DAD422-5F4F] foreign: its recipient is neither root
         disk volume keys [1004, WD-7] unreadable: opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter go on to the confirmation  ·  r check again  ·  Esc back to the files
      "
    `);
    expect(draw(SHOWN.rehearsal, { columns: 100, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Simulation : ce que ferait le changement                           SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

                          clés  ancienne  nouvelle  étrangère  illisible  vide
       file keys         4 000         0     3 895          1          0   104  ███████████████████████▓·
       disk volume keys  1 500         0     1 450          0          1    49  ███████████████████████×·
       toutes            5 500         0     5 345          1          1   153  ██████████████████████▓×·
       █ nouvelle  ▓ étrangère  × illisible  · vide

       à rechiffrer      5 345 clés
       durée             1 à 2 min
       espace            12,4 Mio pour le journal, 27,7 Mio de journal des transactions
       laissées de côté  au moins 2 clés : aucune des deux racines ne les ouvre, elles restent telles
                         quelles

       ! 2 clés laissées de côté, intactes :
         file keys [13DAD422-5F4F] étrangère : its recipient is neither root
         disk volume keys [1004, WD-7] illisible : opens under neither root

      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée passer à la confirmation  ·  r recontrôler  ·  Échap retour aux fichiers
      "
    `);
    expect(draw(SHOWN.rehearsal, { columns: 160, rows: 22 })).toMatchInlineSnapshot(`
      "
       Dry run: what the change would do                                                                                                SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

                          keys  old    new  foreign  unreadable  empty  █ new  ▓ foreign  × unreadable  · empty
       file keys         4,000    0  3,895        1           0    104  ██████████████████████████████████████▓·
       disk volume keys  1,500    0  1,450        0           1     49  ██████████████████████████████████████×·
       all               5,500    0  5,345        1           1    153  █████████████████████████████████████▓×·

       to rewrap    5,345 keys
       time         1 to 2 min
       space        12.4 MiB for the journal, 27.7 MiB of transaction log
       left behind  at least 2 keys: neither root opens them, they stay as they are

       ! 2 keys left behind, untouched:
         file keys [13DAD422-5F4F] foreign: its recipient is neither root
         disk volume keys [1004, WD-7] unreadable: opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter go on to the confirmation  ·  r check again  ·  Esc back to the files
      "
    `);
    expect(draw(SHOWN.rehearsal, { columns: 160, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
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
         file keys [13DAD422-5F4F] étrangère : its recipient is neither root
         disk volume keys [1004, WD-7] illisible : opens under neither root


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée passer à la confirmation  ·  r recontrôler  ·  Échap retour aux fichiers
      "
    `);
  });
});
