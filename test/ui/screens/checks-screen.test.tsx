import { describe, expect, it } from 'vitest';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('the checks', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French, with a warning to be read', () => {
    expect(draw(SHOWN.checks, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Checks before anything is written              step 3 of 7
      ────────────────────────────────────────────────────────────

       Warning 1 of 1: last full backup
       there was never one
       → make a full backup now



       ! WARNING  Server, rights, backup  there was never one
       ✓ ok       Both roots              CN=Old and CN=New


      ────────────────────────────────────────────────────────────
       Enter I have read this warning  ·  d every check
       Esc back to the files
      "
    `);
    expect(draw(SHOWN.checks, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Contrôles avant toute écriture               étape 3 sur 7
      ────────────────────────────────────────────────────────────

       Alerte 1 sur 1 : last full backup
       there was never one
       → make a full backup now



       ! ALERTE   Serveur, droits, sauvegarde  there was never o…
       ✓ ok       Les deux racines             CN=Old and CN=New


      ────────────────────────────────────────────────────────────
       Entrée j’ai lu cette alerte  ·  d tous les contrôles
       Échap retour aux fichiers
      "
    `);
    expect(draw(SHOWN.checks, { columns: 100, rows: 20 })).toMatchInlineSnapshot(`
      "
       Checks before anything is written                                    SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       Warning 1 of 1: last full backup
       there was never one
       → make a full backup now



       ! WARNING  Server, rights, backup  there was never one
       ✓ ok       Both roots              CN=Old and CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter I have read this warning  ·  d every check  ·  Esc back to the files
      "
    `);
    expect(draw(SHOWN.checks, { columns: 100, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Contrôles avant toute écriture                                     SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       Alerte 1 sur 1 : last full backup
       there was never one
       → make a full backup now



       ! ALERTE   Serveur, droits, sauvegarde  there was never one
       ✓ ok       Les deux racines             CN=Old and CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée j’ai lu cette alerte  ·  d tous les contrôles  ·  Échap retour aux fichiers
      "
    `);
    expect(draw(SHOWN.checks, { columns: 160, rows: 20 })).toMatchInlineSnapshot(`
      "
       Checks before anything is written                                                                                                SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       Warning 1 of 1: last full backup
       there was never one
       → make a full backup now



       ! WARNING  Server, rights, backup  there was never one
       ✓ ok       Both roots              CN=Old and CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter I have read this warning  ·  d every check  ·  Esc back to the files
      "
    `);
    expect(draw(SHOWN.checks, { columns: 160, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Contrôles avant toute écriture                                                                                                 SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       Alerte 1 sur 1 : last full backup
       there was never one
       → make a full backup now



       ! ALERTE   Serveur, droits, sauvegarde  there was never one
       ✓ ok       Les deux racines             CN=Old and CN=New


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée j’ai lu cette alerte  ·  d tous les contrôles  ·  Échap retour aux fichiers
      "
    `);
  });
});
