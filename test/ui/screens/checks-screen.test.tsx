import { describe, expect, it } from 'vitest';
import type { ReactNode } from 'react';
import type { Check } from '../../../src/progress/events.ts';
import { text, verbatim } from '../../../src/text/message.ts';
import { ChecksScreen } from '../../../src/ui/screens/checks-screen.tsx';
import { aCheck, aJob, anOutcome } from '../a-state.ts';
import { draw } from '../draw.tsx';
import { SHOWN } from '../shown-screens.tsx';

function refused(...checks: readonly Check[]): ReactNode {
  const events = checks.map((check) => ({ type: 'check', check }) as const);
  const job = aJob('rehearse', events, { outcome: anOutcome({ exitCode: 4 }) });
  const still = { targets: [], acknowledged: [], showsDetails: false, scroll: 0, place: null, about: null };
  return <ChecksScreen job={job} isAsked={false} {...still} />;
}

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

  it('of a key map that does not fit names every failure, each remedy once, and the columns to choose from', () => {
    const missing = (target: string): Check =>
      aCheck({
        id: `schema:${target}`,
        status: 'failed',
        title: verbatim(`${target}: in the schema`),
        found: verbatim(`dbo.${target} is not there`),
        remedy: verbatim('correct the key map'),
      });
    const columns = aCheck({
      id: 'unmapped-columns',
      status: 'warning',
      title: verbatim('columns that may hold keys'),
      found: verbatim('neither mapped nor ignored: dbo.Agent.Blob VARBINARY(MAX)'),
    });
    const frame = draw(refused(missing('Files'), missing('Disks'), columns));
    expect(frame).toContain('Refused: nothing was changed. 2 checks failed.');
    expect(frame).toContain(
      '✗ Files: in the schema: dbo.Files is not there\n ✗ Disks: in the schema: dbo.Disks is not',
    );
    expect(frame.match(/→ correct the key map/g)).toHaveLength(1);
    expect(frame).toContain('• columns that may hold keys: neither mapped nor ignored: dbo.Agent.Blob VARBINARY(MAX)');
    expect(frame).not.toContain('let these triggers fire');
  });

  it('of triggers alone offers to let them fire', () => {
    const remedy = text`disable them for the time of the run, or allow them with --allow-triggers`;
    const triggers = aCheck({ id: 'triggers:Files', status: 'failed', fix: 'allow-triggers', remedy });
    const frame = draw(refused(triggers));
    expect(frame).toContain('→ disable them for the time of the run, or allow them with “a”');
    expect(frame).toMatch(/^ a let these triggers fire, check again {2}· {2}r check again/m);
  });
});
