import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../../../src/text/english.ts';
import { FRENCH } from '../../../src/text/fr/french.ts';
import { offeredEntries } from '../../../src/ui/menu.ts';
import { MenuScreen } from '../../../src/ui/screens/menu-screen.tsx';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('the menu', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French', () => {
    expect(draw(SHOWN.menu, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Encryption key database maintenance                  srkey
      ────────────────────────────────────────────────────────────

       ❯ Change certificate authority
           re-encrypts every stored key for the new root; checks
           and a dry run come first
         Prepare the change ahead
         Census
         Verify
         Roll the change back
         Runs
         Drop a journal
         Inspect a root file
         Quit


      ────────────────────────────────────────────────────────────
       ↑↓ choose  ·  Enter open  ·  Ctrl-C leave
       t try on the embedded demo database
      "
    `);
    expect(draw(SHOWN.menu, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Maintenance de la base de clés de chiffrement        srkey
      ────────────────────────────────────────────────────────────

       ❯ Changer d’autorité de certification
           rechiffre chaque clé stockée pour la nouvelle racine ;
           contrôles et simulation d’abord
         Préparer le changement à l’avance
         Recensement
         Vérifier
         Revenir en arrière sur le changement
         Opérations
         Supprimer un journal
         Examiner un fichier racine
         Quitter


      ────────────────────────────────────────────────────────────
       ↑↓ choisir  ·  Entrée ouvrir  ·  Ctrl-C quitter
       t essayer sur la base de démonstration intégrée
      "
    `);
    expect(draw(SHOWN.menu, { columns: 100, rows: 30 })).toMatchInlineSnapshot(`
      "
       Encryption key database maintenance                                                          srkey
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ❯ Change certificate authority
           re-encrypts every stored key for the new root; checks and a dry run come first
         Prepare the change ahead
           before the switch: seals every key for the new root in a journal, touches no live key
         Census
           counts keys by root: may the old certificates be purged? Changes nothing
         Verify
           does the change still stand? Holds every key against the journal, changes nothing
         Roll the change back
           gives every changed key its old value back from the journal, to the bit
         Runs
           the changes that the key database knows, and who is at work
         Drop a journal
           throws away what a finished run keeps of old and new values
         Inspect a root file
           subject, fingerprint, validity, private key; no server needed
         Quit
           leaves srkey


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ choose  ·  Enter open  ·  t try on the embedded demo database  ·  Ctrl-C leave
      "
    `);
    expect(draw(SHOWN.menu, { columns: 100, rows: 30, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Maintenance de la base de clés de chiffrement                                                srkey
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ❯ Changer d’autorité de certification
           rechiffre chaque clé stockée pour la nouvelle racine ; contrôles et simulation d’abord
         Préparer le changement à l’avance
           avant la bascule : chiffre chaque clé pour la nouvelle racine dans un journal, sans toucher
           aux clés en service
         Recensement
           recense les clés par racine : peut-on purger les anciens certificats ? Ne modifie rien
         Vérifier
           le changement tient-il toujours ? Confronte chaque clé au journal, ne change rien
         Revenir en arrière sur le changement
           rend à chaque clé changée son ancienne valeur, tirée du journal, au bit près
         Opérations
           les changements que connaît la base de clés, et qui est à l’œuvre
         Supprimer un journal
           supprime ce qu’une opération terminée garde d’anciennes et de nouvelles valeurs
         Examiner un fichier racine
           sujet, empreinte, validité, clé privée ; sans serveur
         Quitter
           quitte srkey


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ choisir  ·  Entrée ouvrir  ·  t essayer sur la base de démonstration intégrée
       Ctrl-C quitter
      "
    `);
    expect(draw(SHOWN.menu, { columns: 160, rows: 30 })).toMatchInlineSnapshot(`
      "
       Encryption key database maintenance                                                                                                                      srkey
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       ❯ Change certificate authority
           re-encrypts every stored key for the new root; checks and a dry run come first
         Prepare the change ahead
           before the switch: seals every key for the new root in a journal, touches no live key
         Census
           counts keys by root: may the old certificates be purged? Changes nothing
         Verify
           does the change still stand? Holds every key against the journal, changes nothing
         Roll the change back
           gives every changed key its old value back from the journal, to the bit
         Runs
           the changes that the key database knows, and who is at work
         Drop a journal
           throws away what a finished run keeps of old and new values
         Inspect a root file
           subject, fingerprint, validity, private key; no server needed
         Quit
           leaves srkey


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ choose  ·  Enter open  ·  t try on the embedded demo database  ·  Ctrl-C leave
      "
    `);
    expect(draw(SHOWN.menu, { columns: 160, rows: 30, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Maintenance de la base de clés de chiffrement                                                                                                            srkey
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       ❯ Changer d’autorité de certification
           rechiffre chaque clé stockée pour la nouvelle racine ; contrôles et simulation d’abord
         Préparer le changement à l’avance
           avant la bascule : chiffre chaque clé pour la nouvelle racine dans un journal, sans toucher aux clés en service
         Recensement
           recense les clés par racine : peut-on purger les anciens certificats ? Ne modifie rien
         Vérifier
           le changement tient-il toujours ? Confronte chaque clé au journal, ne change rien
         Revenir en arrière sur le changement
           rend à chaque clé changée son ancienne valeur, tirée du journal, au bit près
         Opérations
           les changements que connaît la base de clés, et qui est à l’œuvre
         Supprimer un journal
           supprime ce qu’une opération terminée garde d’anciennes et de nouvelles valeurs
         Examiner un fichier racine
           sujet, empreinte, validité, clé privée ; sans serveur
         Quitter
           quitte srkey


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ choisir  ·  Entrée ouvrir  ·  t essayer sur la base de démonstration intégrée  ·  Ctrl-C quitter
      "
    `);
  });

  it('after a login says what cannot work, and why', () => {
    expect(draw(SHOWN.menuAfterLogin, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Maintenance de la base de clés de chiffrement
      ────────────────────────────────────────────────────────────

       ! La fin d’un changement commencé ici le 2026-11-23 n’a
         pas été constatée. Ce qu’il a validé reste acquis.

       ❯ Reprendre le changement inachevé
           continue après le dernier lot validé, avec le même
           serveur et les mêmes fichiers
         Changer d’autorité de certification
         Préparer le changement à l’avance
         Recensement
         Vérifier (pas maintenant)
         Revenir en arrière sur le changement (pas maintenant)
         Opérations
      ── suite plus bas ──────────────────────────────────────────
       ↑↓ choisir  ·  Entrée ouvrir  ·  l se connecter ailleurs
       t essayer sur la base de démonstration intégrée
       Ctrl-C quitter
      "
    `);
    expect(draw(SHOWN.menuAfterLogin, { columns: 100, rows: 32 })).toMatchInlineSnapshot(`
      "
       Encryption key database maintenance                                                SQL01\\SES srkey
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ! A change that was begun here on 2026-11-23 has not been seen to end. What it committed stands.

       ❯ Resume the unfinished change
           goes on after the last committed batch, with the same server and files
         Change certificate authority
           re-encrypts every stored key for the new root; checks and a dry run come first
         Prepare the change ahead
           before the switch: seals every key for the new root in a journal, touches no live key
         Census
           counts keys by root: may the old certificates be purged? Changes nothing
         Verify
           not now: no run has a journal to hold the keys against
         Roll the change back
           not now: no change of a run is live: there is nothing to take back
         Runs
           the changes that the key database knows, and who is at work
         Drop a journal
           not now: no run has a journal that may go
         Inspect a root file
           subject, fingerprint, validity, private key; no server needed
         Quit
           leaves srkey


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ↑↓ choose  ·  Enter open  ·  t try on the embedded demo database  ·  l log in elsewhere
       Ctrl-C leave
      "
    `);
  });
});

describe('the menu in a low window', () => {
  it.each(['en', 'fr'] as const)('shows whichever entry is marked, in %s', (lang) => {
    const entries = offeredEntries({ unfinished: 'change', runs: [] });
    entries.forEach((entry, index) => {
      const unfinished = { job: 'change', startedAt: new Date(0) } as const;
      const frame = draw(<MenuScreen {...{ entries, index, unfinished }} facts={null} />, {
        columns: 60,
        rows: 20,
        lang,
      });
      expect(frame).toContain(`❯ ${entry.title.in(lang === 'fr' ? FRENCH : ENGLISH)}`);
    });
  });
});
