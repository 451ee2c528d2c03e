import { describe, expect, it } from 'vitest';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('the login', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French, refused beside the field that needs changing', () => {
    expect(draw(SHOWN.login, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
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
       ↑↓ field  ·  Enter next, connect  ·  Esc back
       Ctrl-T try on the demo
      "
    `);
    expect(draw(SHOWN.login, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Connexion à la base de clés                  étape 3 sur 7
      ────────────────────────────────────────────────────────────
         Serveur\\instance       SQL01\\SES
         Base de données        srkey
         Authentification       compte SQL Server
         Utilisateur            sa
       ❯ Mot de passe           ••••••
           ✗ ce champ est nécessaire
           → recontrôler
         Certificat du serveur  vérifié par cet ordinateur
         Serveur ancien         non
         [ Se connecter ]


      ────────────────────────────────────────────────────────────
       ↑↓ champ  ·  Entrée suivant, connecter  ·  Échap retour
       Ctrl-T essayer la démonstration
      "
    `);
    expect(draw(SHOWN.login, { columns: 100, rows: 22 })).toMatchInlineSnapshot(`
      "
       Login to the key database                                                              step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
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


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ field  ·  Enter next, connect  ·  Ctrl-T try on the demo  ·  Esc back
      "
    `);
    expect(draw(SHOWN.login, { columns: 100, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Connexion à la base de clés                                                          étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
         Serveur\\instance       SQL01\\SES
         Base de données        srkey
         Authentification       compte SQL Server
         Utilisateur            sa
       ❯ Mot de passe           ••••••
                                ✗ ce champ est nécessaire
                                → recontrôler
         Certificat du serveur  vérifié par cet ordinateur
         Serveur ancien         non
         [ Se connecter ]


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ champ  ·  Entrée suivant, connecter  ·  Ctrl-T essayer la démonstration  ·  Échap retour
      "
    `);
    expect(draw(SHOWN.login, { columns: 160, rows: 22 })).toMatchInlineSnapshot(`
      "
       Login to the key database                                                                                                                          step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
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


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ field  ·  Enter next, connect  ·  Ctrl-T try on the demo  ·  Esc back
      "
    `);
    expect(draw(SHOWN.login, { columns: 160, rows: 22, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Connexion à la base de clés                                                                                                                      étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         Serveur\\instance       SQL01\\SES
         Base de données        srkey
         Authentification       compte SQL Server
         Utilisateur            sa
       ❯ Mot de passe           ••••••
                                ✗ ce champ est nécessaire
                                → recontrôler
         Certificat du serveur  vérifié par cet ordinateur
         Serveur ancien         non
         [ Se connecter ]


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ champ  ·  Entrée suivant, connecter  ·  Ctrl-T essayer la démonstration  ·  Échap retour
      "
    `);
  });
});
