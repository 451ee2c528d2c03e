import { describe, expect, it } from 'vitest';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('the confirmation', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French, both fingerprints whole', () => {
    expect(draw(SHOWN.confirm, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Confirm the change                             step 3 of 7
      ────────────────────────────────────────────────────────────
       server    SQL01\\SES
       database  srkey
       keys      5,500 rows
       old root  0A:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                 C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       new root  0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                 C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       Every key that opens with the old root will be sealed for
       the new one. Old values stay in the journal.
       ❯ Type Yes to begin: Ye


      ────────────────────────────────────────────────────────────
       Enter begin, if the word is Yes
       Esc back, nothing is changed
      "
    `);
    expect(draw(SHOWN.confirm, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Confirmer le changement                      étape 3 sur 7
      ────────────────────────────────────────────────────────────
       serveur          SQL01\\SES
       base de données  srkey
       clés             5 500 lignes
       ancienne racine
         0A:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
         C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       nouvelle racine
         0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
         C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       Chaque clé qui s’ouvre avec l’ancienne racine sera
       chiffrée pour la nouvelle. Les anciennes valeurs restent
       dans le journal.
       ❯ Taper Yes pour commencer : Ye

      ────────────────────────────────────────────────────────────
       Entrée commencer, si le mot est Yes
       Échap retour, rien n’est modifié
      "
    `);
    expect(draw(SHOWN.confirm, { columns: 100, rows: 22 })).toMatchInlineSnapshot(`
      "
       Confirm the change                                                                     step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       server    SQL01\\SES
       database  srkey
       keys      5,500 rows in the columns of the key map
       old root  CN=SES Root Authority, O=Example
                 0A:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                 C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       new root  CN=SES Root Authority, O=Example
                 0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                 C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4

       Every key that opens with the old root will be sealed for the new one. Old values stay in the
       journal.

       ❯ Type Yes to begin: Ye


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter begin, if the word is Yes  ·  Esc back, nothing is changed
      "
    `);
    expect(draw(SHOWN.confirm, { columns: 100, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Confirmer le changement                                                              étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       serveur          SQL01\\SES
       base de données  srkey
       clés             5 500 lignes dans les colonnes de la cartographie des clés
       ancienne racine  CN=SES Root Authority, O=Example
                        0A:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                        C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       nouvelle racine  CN=SES Root Authority, O=Example
                        0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                        C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4

       Chaque clé qui s’ouvre avec l’ancienne racine sera chiffrée pour la nouvelle. Les anciennes
       valeurs restent dans le journal.

       ❯ Taper Yes pour commencer : Ye


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée commencer, si le mot est Yes  ·  Échap retour, rien n’est modifié
      "
    `);
    expect(draw(SHOWN.confirm, { columns: 160, rows: 22 })).toMatchInlineSnapshot(`
      "
       Confirm the change                                                                                                                                 step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       server    SQL01\\SES
       database  srkey
       keys      5,500 rows in the columns of the key map
       old root  CN=SES Root Authority, O=Example
                 0A:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                 C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       new root  CN=SES Root Authority, O=Example
                 0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                 C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4

       Every key that opens with the old root will be sealed for the new one. Old values stay in the journal.

       ❯ Type Yes to begin: Ye


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter begin, if the word is Yes  ·  Esc back, nothing is changed
      "
    `);
    expect(draw(SHOWN.confirm, { columns: 160, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Confirmer le changement                                                                                                                          étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       serveur          SQL01\\SES
       base de données  srkey
       clés             5 500 lignes dans les colonnes de la cartographie des clés
       ancienne racine  CN=SES Root Authority, O=Example
                        0A:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                        C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
       nouvelle racine  CN=SES Root Authority, O=Example
                        0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                        C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4

       Chaque clé qui s’ouvre avec l’ancienne racine sera chiffrée pour la nouvelle. Les anciennes valeurs restent dans le journal.

       ❯ Taper Yes pour commencer : Ye


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée commencer, si le mot est Yes  ·  Échap retour, rien n’est modifié
      "
    `);
  });

  it('of a journal to be dropped names its run', () => {
    expect(draw(SHOWN.confirmDrop, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Confirmer la suppression du journal          étape 3 sur 7
      ────────────────────────────────────────────────────────────
       serveur          SQL01\\SES
       base de données  srkey
       opération        1, terminée, du 2026-11-23 14:02:31 UTC
       ancienne racine  CN=Old
       nouvelle racine  CN=New
       Ses valeurs anciennes et nouvelles sont supprimées pour de
       bon : il ne sera plus possible de mettre cette opération
       en service, ni de revenir en arrière.
       ❯ Taper Yes pour commencer :


      ────────────────────────────────────────────────────────────
       Entrée commencer, si le mot est Yes
       Échap retour, rien n’est modifié
      "
    `);
    expect(draw(SHOWN.confirmDrop, { columns: 100, rows: 20 })).toMatchInlineSnapshot(`
      "
       Confirm dropping the journal                                                           step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       server    SQL01\\SES
       database  srkey
       run       1, done, of 2026-11-23 14:02:31 UTC
       old root  CN=Old
       new root  CN=New
       Its old and new values are deleted for good: this run can then be neither applied nor rolled back.
       ❯ Type Yes to begin:


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter begin, if the word is Yes  ·  Esc back, nothing is changed
      "
    `);
  });
});
