import { describe, expect, it } from 'vitest';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('the result', () => {
  it('of a preparation says what comes next', () => {
    expect(draw(SHOWN.preparedResult, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Result                       SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────
       ✓ Prepared: the journal holds every key sealed for the new
         root. No live key was touched.
                   keys      ░  █  ▓  ×    ·  ?
       file keys  4,000  3,895  0  0  0  104  1  ░░░░░░░░░░░░░░·?
       ░ prepared  · empty  ? changed since
       1. Until the switch, prepare again now and then: only what
          was added or changed is worked on.
       2. After switch_cert.bat choose Change certificate
          authority with the same two roots under their new names
          (old_root.pem and root.pem): it only swaps then.
       3. If the new root is generated again this preparation is
          worth nothing: drop its journal, then prepare anew.
       report  /state/srkey-stage.html


      ────────────────────────────────────────────────────────────
       Enter back to the menu
      "
    `);
    expect(draw(SHOWN.preparedResult, { columns: 100, rows: 24, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Résultat                                                           SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ✓ Préparé : le journal contient chaque clé chiffrée pour la nouvelle racine. Aucune clé en service
         n’a été touchée.
                   clés  préparées  déjà nouvelles  étrangère  illisible  vide  modifiées
       file keys  4 000      3 895               0          0          0   104          1  ░░░░░░░░░░░░·?
       ░ préparées  · vide  ? modifiées
       1. Jusqu’à la bascule, préparer de nouveau de temps en temps : seul ce qui a été ajouté ou modifié
          est traité.
       2. Après switch_cert.bat, choisir Changer d’autorité de certification avec les deux mêmes racines
          sous leurs nouveaux noms (old_root.pem et root.pem) : il ne reste qu’à mettre en service.
       3. Si la nouvelle racine est générée de nouveau, cette préparation ne vaut plus rien : supprimer
          son journal, puis préparer à nouveau.
       rapport  /state/srkey-stage.html


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée retour au menu
      "
    `);
    expect(draw(SHOWN.preparedResult, { columns: 160, rows: 24 })).toMatchInlineSnapshot(`
      "
       Result                                                                                                                           SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       ✓ Prepared: the journal holds every key sealed for the new root. No live key was touched.
                   keys  prepared  new already  foreign  unreadable  empty  changed since  ░ prepared  · empty  ? changed since
       file keys  4,000     3,895            0        0           0    104              1  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░·?
       1. Until the switch, prepare again now and then: only what was added or changed is worked on.
       2. After switch_cert.bat choose Change certificate authority with the same two roots under their new names (old_root.pem and root.pem): it only swaps then.
       3. If the new root is generated again this preparation is worth nothing: drop its journal, then prepare anew.
       report  /state/srkey-stage.html


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter back to the menu
      "
    `);
  });

  it('of a rollback names what it could not take back', () => {
    expect(draw(SHOWN.rolledBackResult, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Result                       SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────
       ! Rolled back, but for 2 keys under the new root for which
         the journal has no old value.
                   keys  as before the change  under the new root
       file keys  4,000                 3,998                   2
       1. Keep both roots. To seal the keys that are under the
          new root for the old one, change the certificate
          authority with the two roots exchanged.
       2. The keys need the old root again: the servers must hold
          it for agents to get them.
       3. The change can be made again at any time, with the same
          roots.

       Under the new root, without an old value:
         file keys [4001]
         file keys [4002]
      ────────────────────────────────────────────────────────────
       Enter back to the menu
      "
    `);
    expect(draw(SHOWN.rolledBackResult, { columns: 100, rows: 24, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Résultat                                                           SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ! Retour en arrière effectué, sauf 2 clés sous la nouvelle racine, sans ancienne valeur dans le
         journal.
                   clés  comme avant le changement  sous la nouvelle racine
       file keys  4 000                      3 998                        2  ░░░░░░░░░░░░░░░░░░░░░░░░░░░█
       ░ comme avant le changement  █ sous la nouvelle racine
       1. Garder les deux racines. Pour chiffrer pour l’ancienne les clés restées sous la nouvelle,
          changer d’autorité de certification avec les deux racines échangées.
       2. Les clés ont de nouveau besoin de l’ancienne racine : les serveurs doivent l’avoir pour que les
          agents les reçoivent.
       3. Le changement peut être refait à tout moment, avec les mêmes racines.

       Sous la nouvelle racine, sans ancienne valeur :
         file keys [4001]
         file keys [4002]


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée retour au menu
      "
    `);
    expect(draw(SHOWN.rolledBackResult, { columns: 160, rows: 24 })).toMatchInlineSnapshot(`
      "
       Result                                                                                                                           SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       ! Rolled back, but for 2 keys under the new root for which the journal has no old value.
                   keys  as before the change  under the new root  ░ as before the change  █ under the new root
       file keys  4,000                 3,998                   2  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░█
       1. Keep both roots. To seal the keys that are under the new root for the old one, change the certificate authority with the two roots exchanged.
       2. The keys need the old root again: the servers must hold it for agents to get them.
       3. The change can be made again at any time, with the same roots.

       Under the new root, without an old value:
         file keys [4001]
         file keys [4002]


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter back to the menu
      "
    `);
  });
});
