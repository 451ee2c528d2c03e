import { describe, expect, it } from 'vitest';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

describe('a root file', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French', () => {
    expect(draw(SHOWN.inspect, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Inspect a root file
      ────────────────────────────────────────────────────────────

       ❯ File       C:\\SES\\root.pem

         subject      CN=SES Root Authority, O=Example
         issuer       itself (self-signed)
         serial       01a7
         SHA-256      0B:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4
         valid        2026-10-19 to 2036-10-18
         key          RSA, 4096 bits
         signature    sha256WithRSAEncryption
         authority    yes
      ── more below ──────────────────────────────────────────────
       Enter open  ·  Tab complete  ·  ↑↓ choose
       Esc back to the menu
      "
    `);
    expect(draw(SHOWN.inspect, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Examiner un fichier racine
      ────────────────────────────────────────────────────────────

       ❯ Fichier    C:\\SES\\root.pem

         sujet        CN=SES Root Authority, O=Example
         émetteur     elle-même (autosignée)
         n° de série  01a7
         SHA-256      0B:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4
         valide       2026-10-19 à 2036-10-18
         clé          RSA, 4096 bits
         signature    sha256WithRSAEncryption
         autorité     oui
      ── suite plus bas ──────────────────────────────────────────
       Entrée ouvrir  ·  Tab compléter  ·  ↑↓ choisir
       Échap retour au menu
      "
    `);
    expect(draw(SHOWN.inspect, { columns: 100, rows: 20 })).toMatchInlineSnapshot(`
      "
       Inspect a root file
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ❯ File       C:\\SES\\root.pem

         subject      CN=SES Root Authority, O=Example
         issuer       itself (self-signed)
         serial       01a7
         SHA-256      0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
         valid        2026-10-19 to 2036-10-18
         key          RSA, 4096 bits
         signature    sha256WithRSAEncryption
         authority    yes
         private key  inside, matches the certificate


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter open  ·  Tab complete  ·  ↑↓ choose  ·  Esc back to the menu
      "
    `);
    expect(draw(SHOWN.inspect, { columns: 100, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Examiner un fichier racine
      ────────────────────────────────────────────────────────────────────────────────────────────────────

       ❯ Fichier    C:\\SES\\root.pem

         sujet        CN=SES Root Authority, O=Example
         émetteur     elle-même (autosignée)
         n° de série  01a7
         SHA-256      0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
         valide       2026-10-19 à 2036-10-18
         clé          RSA, 4096 bits
         signature    sha256WithRSAEncryption
         autorité     oui
         clé privée   présente, correspond au certificat


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée ouvrir  ·  Tab compléter  ·  ↑↓ choisir  ·  Échap retour au menu
      "
    `);
    expect(draw(SHOWN.inspect, { columns: 160, rows: 20 })).toMatchInlineSnapshot(`
      "
       Inspect a root file
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       ❯ File       C:\\SES\\root.pem

         subject      CN=SES Root Authority, O=Example
         issuer       itself (self-signed)
         serial       01a7
         SHA-256      0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
         valid        2026-10-19 to 2036-10-18
         key          RSA, 4096 bits
         signature    sha256WithRSAEncryption
         authority    yes
         private key  inside, matches the certificate


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter open  ·  Tab complete  ·  ↑↓ choose  ·  Esc back to the menu
      "
    `);
    expect(draw(SHOWN.inspect, { columns: 160, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Examiner un fichier racine
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

       ❯ Fichier    C:\\SES\\root.pem

         sujet        CN=SES Root Authority, O=Example
         émetteur     elle-même (autosignée)
         n° de série  01a7
         SHA-256      0B:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:
                      C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4:C4
         valide       2026-10-19 à 2036-10-18
         clé          RSA, 4096 bits
         signature    sha256WithRSAEncryption
         autorité     oui
         clé privée   présente, correspond au certificat


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée ouvrir  ·  Tab compléter  ·  ↑↓ choisir  ·  Échap retour au menu
      "
    `);
  });
});
