import { describe, expect, it } from 'vitest';
import type { ReactNode } from 'react';
import type { JobKind } from '../../../src/ui/desk.ts';
import { FilesScreen } from '../../../src/ui/screens/files-screen.tsx';
import type { FilesState } from '../../../src/ui/state/app-state.ts';
import { ALL_READ, aSlot, aState, MAP_PLACES } from '../a-state.ts';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

function asked(files: Partial<FilesState>, job: JobKind): ReactNode {
  const still = { entries: [], place: null, about: null, run: null, mapPlaces: MAP_PLACES, notice: null };
  return <FilesScreen files={{ ...aState().files, ...files }} job={job} {...still} />;
}

describe('the files', () => {
  it('looks like this in 60, 100 and 160 columns, in English and French', () => {
    expect(draw(SHOWN.files, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Old value, new value, key map                  step 3 of 7
      ────────────────────────────────────────────────────────────
         Old value  C:\\SES\\old_root.pem
           ✓ CN=SES Root Authority, O=Example
             valid 2016-12-14 to 2026-12-14, RSA 4096
             SHA-256 0A:C4:C4:C4:C4:C4:C4:C4…
         New value  C:\\SES\\root.pem
           ✓ CN=SES Root Authority, O=Example
             valid 2026-10-19 to 2036-10-18, RSA 4096
             SHA-256 0B:C4:C4:C4:C4:C4:C4:C4…
         Key map    C:\\SES\\key-map.json
           ✓ 2 targets: file keys, disk volume keys; 1 column ig…
       ❯ [ Go on ]


      ────────────────────────────────────────────────────────────
       Enter take, next  ·  Tab complete  ·  ↑↓ choose
       Ctrl-X swap old and new  ·  Esc back
      "
    `);
    expect(draw(SHOWN.files, { columns: 60, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Ancienne et nouvelle valeur, cartographie    étape 3 sur 7
      ────────────────────────────────────────────────────────────
         Ancienne valeur  C:\\SES\\old_root.pem
           ✓ CN=SES Root Authority, O=Example
             valide du 2016-12-14 au 2026-12-14, RSA 4096
             SHA-256 0A:C4:C4:C4:C4:C4:C4:C4…
         Nouvelle valeur  C:\\SES\\root.pem
           ✓ CN=SES Root Authority, O=Example
             valide du 2026-10-19 au 2036-10-18, RSA 4096
             SHA-256 0B:C4:C4:C4:C4:C4:C4:C4…
         Cartographie     C:\\SES\\key-map.json
           ✓ 2 cibles : file keys, disk volume keys ; 1 colonne …
       ❯ [ Continuer ]


      ────────────────────────────────────────────────────────────
       Entrée prendre, suivant  ·  Tab compléter  ·  ↑↓ choisir
       Ctrl-X échanger les deux  ·  Échap retour
      "
    `);
    expect(draw(SHOWN.files, { columns: 100, rows: 20 })).toMatchInlineSnapshot(`
      "
       Old value, new value, key map                                        SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
         Old value  C:\\SES\\old_root.pem
                    ✓ CN=SES Root Authority, O=Example
                      valid 2016-12-14 to 2026-12-14, RSA 4096  SHA-256 0A:C4:C4:C4:C4:C4:C4:C4…
         New value  C:\\SES\\root.pem
                    ✓ CN=SES Root Authority, O=Example
                      valid 2026-10-19 to 2036-10-18, RSA 4096  SHA-256 0B:C4:C4:C4:C4:C4:C4:C4…
         Key map    C:\\SES\\key-map.json
                    ✓ 2 targets: file keys, disk volume keys; 1 column ignored on purpose
       ❯ [ Go on ]


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter take, next  ·  Tab complete  ·  ↑↓ choose  ·  Ctrl-X swap old and new  ·  Esc back
      "
    `);
    expect(draw(SHOWN.files, { columns: 100, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Ancienne et nouvelle valeur, cartographie                          SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
         Ancienne valeur  C:\\SES\\old_root.pem
                          ✓ CN=SES Root Authority, O=Example
                            valide du 2016-12-14 au 2026-12-14, RSA 4096
                            SHA-256 0A:C4:C4:C4:C4:C4:C4:C4…
         Nouvelle valeur  C:\\SES\\root.pem
                          ✓ CN=SES Root Authority, O=Example
                            valide du 2026-10-19 au 2036-10-18, RSA 4096
                            SHA-256 0B:C4:C4:C4:C4:C4:C4:C4…
         Cartographie     C:\\SES\\key-map.json
                          ✓ 2 cibles : file keys, disk volume keys ; 1 colonne ignorée exprès
       ❯ [ Continuer ]


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée prendre, suivant  ·  Tab compléter  ·  ↑↓ choisir  ·  Ctrl-X échanger les deux
       Échap retour
      "
    `);
    expect(draw(SHOWN.files, { columns: 160, rows: 20 })).toMatchInlineSnapshot(`
      "
       Old value, new value, key map                                                                                                    SQL01\\SES srkey · step 3 of 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         Old value  C:\\SES\\old_root.pem
                    ✓ CN=SES Root Authority, O=Example
                      valid 2016-12-14 to 2026-12-14, RSA 4096  SHA-256 0A:C4:C4:C4:C4:C4:C4:C4…
         New value  C:\\SES\\root.pem
                    ✓ CN=SES Root Authority, O=Example
                      valid 2026-10-19 to 2036-10-18, RSA 4096  SHA-256 0B:C4:C4:C4:C4:C4:C4:C4…
         Key map    C:\\SES\\key-map.json
                    ✓ 2 targets: file keys, disk volume keys; 1 column ignored on purpose
       ❯ [ Go on ]


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Enter take, next  ·  Tab complete  ·  ↑↓ choose  ·  Ctrl-X swap old and new  ·  Esc back
      "
    `);
    expect(draw(SHOWN.files, { columns: 160, rows: 20, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Ancienne et nouvelle valeur, cartographie                                                                                      SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         Ancienne valeur  C:\\SES\\old_root.pem
                          ✓ CN=SES Root Authority, O=Example
                            valide du 2016-12-14 au 2026-12-14, RSA 4096  SHA-256 0A:C4:C4:C4:C4:C4:C4:C4…
         Nouvelle valeur  C:\\SES\\root.pem
                          ✓ CN=SES Root Authority, O=Example
                            valide du 2026-10-19 au 2036-10-18, RSA 4096  SHA-256 0B:C4:C4:C4:C4:C4:C4:C4…
         Cartographie     C:\\SES\\key-map.json
                          ✓ 2 cibles : file keys, disk volume keys ; 1 colonne ignorée exprès
       ❯ [ Continuer ]


      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée prendre, suivant  ·  Tab compléter  ·  ↑↓ choisir  ·  Ctrl-X échanger les deux  ·  Échap retour
      "
    `);
  });

  it('are chosen from a list; a refused one says why', () => {
    expect(draw(SHOWN.filesBeingChosen, { columns: 60, rows: 20 })).toMatchInlineSnapshot(`
      "
       Old value, new value, key map                  step 3 of 7
      ────────────────────────────────────────────────────────────
       ! Run 1, begun on 2026-11-23 by EXAMPLE\\admin, is
         unfinished: give its files, and it goes on where it
         stands.
         Old value  C:\\SES\\old_root.pem
           ✓ CN=SES Root Authority, O=Example
             valid 2016-12-14 to 2026-12-14, RSA 4096
             SHA-256 0A:C4:C4:C4:C4:C4:C4:C4…
       ❯ New value  type a path, or drop the file here
           the root that gen_root.bat made: new_root.pem
             new_root.pem
           ❯ root.pem
             backup/
         Key map    key-map.json
           ✗ no
      ── more below ──────────────────────────────────────────────
       Enter take, next  ·  Tab complete  ·  ↑↓ choose
       Esc back
      "
    `);
    expect(draw(SHOWN.filesBeingChosen, { columns: 100, rows: 24, lang: 'fr' })).toMatchInlineSnapshot(`
      "
       Ancienne et nouvelle valeur, cartographie                          SQL01\\SES srkey · étape 3 sur 7
      ────────────────────────────────────────────────────────────────────────────────────────────────────
       ! L’opération 1, commencée le 2026-11-23 par EXAMPLE\\admin, est inachevée : donner ses fichiers,
         et elle continue là où elle en est.
         Ancienne valeur  C:\\SES\\old_root.pem
                          ✓ CN=SES Root Authority, O=Example
                            valide du 2016-12-14 au 2026-12-14, RSA 4096
                            SHA-256 0A:C4:C4:C4:C4:C4:C4:C4…
       ❯ Nouvelle valeur  un chemin, ou le fichier déposé ici
                          la racine faite par gen_root.bat : new_root.pem
                            new_root.pem
                          ❯ root.pem
                            backup/
         Cartographie     key-map.json
                          ✗ non
                          → recontrôler
         [ Continuer ]


      ────────────────────────────────────────────────────────────────────────────────────────────────────
       Entrée prendre, suivant  ·  Tab compléter  ·  ↑↓ choisir  ·  Échap retour
      "
    `);
  });

  it('tell somebody without a key map where one is looked for, and how to come by one', () => {
    const slots = { ...ALL_READ, keyMap: aSlot('') };
    const frame = draw(asked({ slots, focus: 'keyMap' }, 'change'), { rows: 30 });
    expect(frame).toContain('no "keyMap" or "targets" in /state/srkey/srkey.json');
    expect(frame).toContain('/srkey/sql/srkey/key-map.json');
    expect(frame).toContain('Ctrl-R reference map');
  });

  it('of a census and a verification ask how thoroughly, those of a change do not', () => {
    expect(draw(asked({ slots: ALL_READ, focus: 'depth' }, 'census'))).toContain('❯ Count      < by the journal');
    expect(draw(asked({ slots: ALL_READ, focus: 'go', isFull: true }, 'verify'))).toContain('and the keys inside');
    expect(draw(asked({ slots: ALL_READ, focus: 'go' }, 'change'))).not.toMatch(/^ {3}Count/m);
  });
});
