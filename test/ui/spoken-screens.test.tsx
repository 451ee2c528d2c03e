/** What a screen reader reads: words for signs, nothing that only fills the screen, whole lines. */
import { describe, expect, it } from 'vitest';
import { draw } from './draw.tsx';
import { SHOWN } from './shown-screens.tsx';

describe.each(Object.keys(SHOWN) as (keyof typeof SHOWN)[])('the %s screen, read out', (name) => {
  it.each(['en', 'fr'] as const)('holds no sign that must be seen, in %s', (lang) => {
    expect(draw(SHOWN[name], { lang, spoken: true })).not.toMatch(/[❯✓✗→•↑↓█░▓×·▁─#]|\bnull\b/u);
  });
});

describe('read out', () => {
  it('the menu names what is marked and what cannot work', () => {
    expect(draw(SHOWN.menuAfterLogin, { spoken: true })).toMatchInlineSnapshot(`
      "
      Encryption key database maintenance SQL01\\SES srkey
      warning:  A change that was begun here on 2026-11-23 has not been seen to end. What it committed stands.
      selected: Resume the unfinished change
      goes on after the last committed batch, with the same server and files
      Change certificate authority
      Prepare the change ahead
      Census
      Verify (not now)
      Roll the change back (not now)
      Runs
      Drop a journal (not now)
      Inspect a root file
      Quit
      arrow keys choose  ,  Enter open  ,  t try on the embedded demo database  ,  l log in elsewhere
      Ctrl-C leave
      "
    `);
  });

  it('a form names the field that is typed in', () => {
    expect(draw(SHOWN.login, { spoken: true })).toMatchInlineSnapshot(`
      "
      Login to the key database step 3 of 7
      Server\\instance      SQL01\\SES
      Database             srkey
      Authentication       SQL Server login
      User                 sa
      selected:  Password             ******
      error:  this field is needed
      what to do:  check again
      Server certificate   verified by this computer
      Old server           no
      button:  Connect
      arrow keys field  ,  Enter next, connect  ,  Ctrl-T try on the demo  ,  Esc back
      "
    `);
    expect(draw(SHOWN.filesBeingChosen, { spoken: true })).toMatchInlineSnapshot(`
      "
      Old value, new value, key map SQL01\\SES srkey , step 3 of 7
      warning:  Run 1, begun on 2026-11-23 by EXAMPLE\\admin, is unfinished: give its files, and it goes on where it stands.
      Old value   C:\\SES\\old_root.pem
      ok:  CN=SES Root Authority, O=Example
      valid 2016-12-14 to 2026-12-14, RSA 4096 SHA-256 0A:C4:C4:C4:C4:C4:C4:C4...
      selected:  New value   type a path, or drop the file here
      the root that gen_root.bat made: new_root.pem
      new_root.pem
      selected: root.pem
      backup/
      Key map     key-map.json
      error:  no
      what to do:  check again
      button:  Go on
      Enter take, next  ,  Tab complete  ,  arrow keys choose  ,  Esc back
      "
    `);
  });

  it('checks have words for their marks', () => {
    expect(draw(SHOWN.checks, { spoken: true, lang: 'fr' })).toMatchInlineSnapshot(`
      "
      Contrôles avant toute écriture SQL01\\SES srkey , étape 3 sur 7
      Alerte 1 sur 1 : last full backup
      there was never one
      que faire :  make a full backup now
       ALERTE   Serveur, droits, sauvegarde   there was never one
       ok       Les deux racines              CN=Old and CN=New
      Entrée j’ai lu cette alerte  ,  d tous les contrôles  ,  Échap retour aux fichiers
      "
    `);
  });

  it('bars are numbers, and tables are sentences', () => {
    expect(draw(SHOWN.progress, { spoken: true })).toMatchInlineSnapshot(`
      "
      Changing the certificate authority SQL01\\SES srkey , step 3 of 7
      Rewrapping: opened with the old root, sealed for the new one, 2 targets.
       27.2 %  1,500 of 5,500 rows
      500 keys/s , 7 to 9 s left
      file keys           1,500 of 4,000
      disk volume keys        0 of 1,500
      keys changing for: 6 s
      last ledger entry: batch 119 committed 14:02:31, 500 rows
      left behind so far: 0
      retries: 0
      RSA threads: 2
      p pause  ,  s stop after this batch  ,  + - threads  ,  d details  ,  Ctrl-C stop
      "
    `);
    expect(draw(SHOWN.result, { spoken: true })).toMatchInlineSnapshot(`
      "
      Result SQL01\\SES srkey , step 3 of 7
      warning:  Finished: every key that opened with the old root now needs the new one. 2 keys left behind.
      file keys: 4,000 keys, new 3,895, foreign 1, empty 104
      disk volume keys: 1,500 keys, new 1,450, unreadable 1, empty 49
      all: 5,500 keys, new 5,345, foreign 1, unreadable 1, empty 153
      1.  Let the agents reconnect; they get their keys through servers that hold the new root.
      2.  Keep old_root.pem in a safe place: backups of this database made before today need it for ever.
      3.  Find out about the keys left behind before the old certificates are purged (phase 3, cleanup_cert.bat): a census must be clean.
      time: 1 min 12 s
      check: 5,500 rows compared with the journal, 0 unaccounted for
      log file: /state/srkey-change-ca.log
      warning: 2 keys left behind, untouched:
      file keys [13DAD422-5F4F] foreign: its recipient is neither root
      disk volume keys [1004, WD-7] unreadable: opens under neither root
      Enter back to the menu
      "
    `);
  });
});
