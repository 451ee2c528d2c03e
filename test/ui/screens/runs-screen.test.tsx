import { describe, expect, it } from 'vitest';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('the runs', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French', () => {
    expect(draw(SHOWN.runs, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Runs that this key database knows              step 3 of 7
      ────────────────────────────────────────────────────────────

       ! Run 2: unfinished (applying)
       started   2026-11-23 14:02:31 UTC by EXAMPLE\\admin, srkey
                 0.1.0
       ended     not yet
       old root  CN=Old
       new root  CN=New
       held by   EXAMPLE\\admin on CONSOLE2 (process 4711), last
                 sign of life 4 s ago

       Run 1: done
       started   2026-11-23 14:02:31 UTC by EXAMPLE\\admin, srkey
                 0.1.0
       ended     2026-11-23 14:12:31 UTC
       old root  CN=Old
      ── more below ──────────────────────────────────────────────
       Enter back to the menu  ·  r look again  ·  ↑↓ scroll
      "
    `);
    expect(draw(SHOWN.runs, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Opérations connues de cette base de clés     étape 3 sur 7
      ────────────────────────────────────────────────────────────

       ! Opération 2 : inachevée (mise en service)
       commencée        2026-11-23 14:02:31 UTC par
                        EXAMPLE\\admin, srkey 0.1.0
       terminée         pas encore
       ancienne racine  CN=Old
       nouvelle racine  CN=New
       détenue par      EXAMPLE\\admin sur CONSOLE2 (processus
                        4711), dernier signe de vie il y a 4 s

       Opération 1 : terminée
       commencée        2026-11-23 14:02:31 UTC par
                        EXAMPLE\\admin, srkey 0.1.0
       terminée         2026-11-23 14:12:31 UTC
      ── suite plus bas ──────────────────────────────────────────
       Entrée retour au menu  ·  r regarder à nouveau
       ↑↓ défiler
      "
    `);
    expect(draw(SHOWN.runs, { columns: 100, rows: 20 })).toMatchInlineSnapshot(`
      "
       Runs that this key database knows                                    SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Run 2: unfinished (applying)
       started   2026-11-23 14:02:31 UTC by EXAMPLE\\admin, srkey 0.1.0
       ended     not yet
       old root  CN=Old
       new root  CN=New
       held by   EXAMPLE\\admin on CONSOLE2 (process 4711), last sign of life 4 s ago

       Run 1: done
       started   2026-11-23 14:02:31 UTC by EXAMPLE\\admin, srkey 0.1.0
       ended     2026-11-23 14:12:31 UTC
       old root  CN=Old
       new root  CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter back to the menu  ·  r look again
      "
    `);
    expect(draw(SHOWN.runs, { columns: 100, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Opérations connues de cette base de clés                           SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Opération 2 : inachevée (mise en service)
       commencée        2026-11-23 14:02:31 UTC par EXAMPLE\\admin, srkey 0.1.0
       terminée         pas encore
       ancienne racine  CN=Old
       nouvelle racine  CN=New
       détenue par      EXAMPLE\\admin sur CONSOLE2 (processus 4711), dernier signe de vie il y a 4 s

       Opération 1 : terminée
       commencée        2026-11-23 14:02:31 UTC par EXAMPLE\\admin, srkey 0.1.0
       terminée         2026-11-23 14:12:31 UTC
       ancienne racine  CN=Old
       nouvelle racine  CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée retour au menu  ·  r regarder à nouveau
      "
    `);
    expect(draw(SHOWN.runs, { columns: 160, rows: 20 })).toMatchInlineSnapshot(`
      "
       Runs that this key database knows                                                                                                SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Run 2: unfinished (applying)
       started   2026-11-23 14:02:31 UTC by EXAMPLE\\admin, srkey 0.1.0
       ended     not yet
       old root  CN=Old
       new root  CN=New
       held by   EXAMPLE\\admin on CONSOLE2 (process 4711), last sign of life 4 s ago

       Run 1: done
       started   2026-11-23 14:02:31 UTC by EXAMPLE\\admin, srkey 0.1.0
       ended     2026-11-23 14:12:31 UTC
       old root  CN=Old
       new root  CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter back to the menu  ·  r look again
      "
    `);
    expect(draw(SHOWN.runs, { columns: 160, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Opérations connues de cette base de clés                                                                                       SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       ! Opération 2 : inachevée (mise en service)
       commencée        2026-11-23 14:02:31 UTC par EXAMPLE\\admin, srkey 0.1.0
       terminée         pas encore
       ancienne racine  CN=Old
       nouvelle racine  CN=New
       détenue par      EXAMPLE\\admin sur CONSOLE2 (processus 4711), dernier signe de vie il y a 4 s

       Opération 1 : terminée
       commencée        2026-11-23 14:02:31 UTC par EXAMPLE\\admin, srkey 0.1.0
       terminée         2026-11-23 14:12:31 UTC
       ancienne racine  CN=Old
       nouvelle racine  CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée retour au menu  ·  r regarder à nouveau
      "
    `);
  });

  it('to drop a journal of say which may go', () => {
    expect(draw(SHOWN.journals, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Which journal?               SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────
       A journal is all there is to finish a run or to roll it
       back.

         Run 2 of 2026-11-23 14:02:31 UTC: applying (still
         needed)
         old root  CN=Old
         new root  CN=New

       ❯ Run 1 of 2026-11-23 14:02:31 UTC: done
         old root  CN=Old
         new root  CN=New


      ────────────────────────────────────────────────────────────
       ↑↓ choose  ·  Enter drop the journal of this run
       r look again  ·  Esc back
      "
    `);
    expect(draw(SHOWN.journals, { columns: 100, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Quel journal ?                                                     SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Sans son journal, une opération ne peut être terminée, et tout retour en arrière est impossible.

         Opération 2 du 2026-11-23 14:02:31 UTC : mise en service (encore nécessaire)
         ancienne racine  CN=Old
         nouvelle racine  CN=New

       ❯ Opération 1 du 2026-11-23 14:02:31 UTC : terminée
         ancienne racine  CN=Old
         nouvelle racine  CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ choisir  ·  Entrée supprimer le journal de cette opération  ·  r regarder à nouveau
       Échap retour
      "
    `);
  });
});
