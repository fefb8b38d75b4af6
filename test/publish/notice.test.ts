import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/model/notice.ts';
import type { Instant } from '../../src/model/time.ts';
import { apiSchemas } from '../../src/publish/api.ts';
import { type NoticeContext, noticeMarkdown, noticeSubject, noticeText } from '../../src/publish/notice.ts';
import { noticeJson } from '../../src/publish/notice-json.ts';
import { noticeWords } from '../../src/publish/notice-words.ts';
import { makeNotice, name, section, summarise } from '../helpers/notices.ts';

const context: NoticeContext = {
  provider: 'Example Trust Services',
  timeZone: 'Europe/Vienna',
  absolute: (path) => `https://repository.ets.example${path}`,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

const mail = (notice: Notice, within = context) => `Subject: ${noticeSubject(notice, within)}\n\n${noticeText(notice, within)}`;

const material = makeNotice({
  changes:
    'EC P-384 is allowed for subscriber keys in addition to RSA 3072 and EC P-256. The status services (CRL and OCSP) run in a second data centre, Linz, at the same time as in Vienna.',
  significance: { kind: 'material', set: undefined, proposed: 'material' },
  reasons: [
    { kind: 'policy', seen: 'policy 1.3.6.1.4.1.99999.1.2.3, QSCD: not required → required' },
    { kind: 'duty-word', seen: 'should → shall', section: name('4.9.9 On-line revocation/status checking availability') },
    { kind: 'number', seen: '24 → 12', section: name('4.9.5 Time within which CA must process the revocation request') },
  ],
  declarations: [
    { oid: '1.3.6.1.4.1.99999.1.2.3', field: 'qscd', before: 'not required', after: 'required' },
    { oid: '1.3.6.1.4.1.99999.1.2.5', field: 'policy', after: 'Qualified certificates for short-term signatures' },
  ],
  compared: {
    with: '2.1',
    skipped: [],
    summary: summarise(
      [
        section(
          ['reworded'],
          ['4.9.5 Time within which CA must process the revocation request'],
          ['4.9.5 Time within which CA must process the revocation request'],
          {
            added: 1,
            removed: 1,
          },
        ),
        section(['reworded', 'renumbered'], ['4.9.10 Availability of status services'], ['4.9.9 Availability of status services'], {
          added: 38,
          removed: 11,
          places: 5,
        }),
        section(['added'], [], ['6.1.8 Post-quantum keys'], { added: 1204, removed: 0 }),
      ],
      { quotes: 12, dashes: 3, 'link-targets': 1 },
    ),
  },
});

describe('as mail', () => {
  test('of a change that alters what is promised', () => {
    expect(mail(material)).toMatchInlineSnapshot(`
      "Subject: Notice of change: Certification Practice Statement for Qualified Certificates, version 2.2, in force from 1 February 2027

      Example Trust Services has published version 2.2 of its “Certification
      Practice Statement for Qualified Certificates” (CPS). It takes effect on
      1 February 2027 at 00:00 (Europe/Vienna).

      EC P-384 is allowed for subscriber keys in addition to RSA 3072 and EC
      P-256. The status services (CRL and OCSP) run in a second data centre,
      Linz, at the same time as in Vienna.

      Published:      9 November 2026 at 10:30 (Europe/Vienna)
      In force from:  1 February 2027 at 00:00 (Europe/Vienna)
      Notice:         83 days
      Compared with:  version 2.1

      How far the change reaches
      --------------------------

      Material change, going by what differs between the two texts.

      The differences that count, the weightiest first:

      - duty: should → shall (in 4.9.9 On-line revocation/status checking
        availability)
      - number: 24 → 12 (in 4.9.5 Time within which CA must process the
        revocation request)

      Policies and QSCD
      -----------------

      - policy 1.3.6.1.4.1.99999.1.2.3, QSCD: not required → required
      - policy added: 1.3.6.1.4.1.99999.1.2.5 (Qualified certificates for
        short-term signatures)

      Changed sections
      ----------------

      3 sections differ, in 7 places: 1,243 words were added, 12 removed.

      - 4.9.5 Time within which CA must process the revocation request:
        reworded
        https://repository.ets.example/cps/2.2/changes/#4.9.5
      - 4.9.9 Availability of status services: reworded, renumbered (was
        4.9.10)
        https://repository.ets.example/cps/2.2/changes/#4.9.9
      - 6.1.8 Post-quantum keys: new
        https://repository.ets.example/cps/2.2/changes/#6.1.8

      Counted, but not marked as changes: differences in quotation marks (12),
      dashes (3) and link targets (1).

      Where to read it
      ----------------

      The whole comparison, with all insertions and deletions:
      https://repository.ets.example/cps/2.2/changes/

      The text of version 2.2:
      https://repository.ets.example/cps/2.2/

      SHA-256 of that text:
      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

      All notices:
      https://repository.ets.example/notices/
      "
    `);
  });

  test('in German', () => {
    const notice = makeNotice({
      document: 'pds',
      type: 'PDS',
      title: 'PKI-Offenlegungserklärung für qualifizierte Zertifikate',
      language: 'de',
      version: '1.3',
      changes: 'Website-Zertifikate gelten nun höchstens 199 statt 397 Tage, OCSP-Antworten 8 statt 12 Stunden.',
      significance: { kind: 'minor', set: { reason: 'Die Fristen standen bereits in der CPS.' }, proposed: 'material' },
      reasons: [{ kind: 'table-value', seen: '397 → 199', section: name('2.4 Gültigkeit') }],
      declarations: [{ oid: '1.3.6.1.4.1.99999.1.2.2', field: 'qscdManagedBy', before: 'subject', after: 'tsp' }],
      compared: {
        with: '1.1',
        skipped: ['1.2'],
        summary: summarise(
          [
            section(['retitled', 'reworded'], ['2.4 Laufzeit'], ['2.4 Gültigkeit'], { added: 12, removed: 1, places: 2 }),
            section(['split'], ['3 Pflichten'], ['3.1 Pflichten der Zertifikatsnehmer', '3.2 Pflichten der vertrauenden Beteiligten'], {
              added: 0,
              removed: 0,
              places: 0,
            }),
            section(['removed'], ['7 Verweise'], [], { added: 0, removed: 30 }),
          ],
          { 'white-space': 4, layout: 2 },
        ),
      },
    });
    expect(mail(notice)).toMatchInlineSnapshot(`
      "Subject: Änderungsmitteilung: PKI-Offenlegungserklärung für qualifizierte Zertifikate, Version 1.3, gültig ab 1. Februar 2027

      Example Trust Services hat die Version 1.3 des Dokuments
      „PKI-Offenlegungserklärung für qualifizierte Zertifikate“ (PDS)
      veröffentlicht. Sie tritt am 1. Februar 2027 um 00:00 Uhr
      (Europe/Vienna) in Kraft.

      Website-Zertifikate gelten nun höchstens 199 statt 397 Tage,
      OCSP-Antworten 8 statt 12 Stunden.

      Veröffentlicht:     9. November 2026 um 10:30 Uhr (Europe/Vienna)
      In Kraft ab:        1. Februar 2027 um 00:00 Uhr (Europe/Vienna)
      Ankündigungsfrist:  83 Tage
      Verglichen mit:     Version 1.1

      Tragweite der Änderung
      ----------------------

      Geringfügige Änderung nach Angabe der Verfasser. Begründung: „Die
      Fristen standen bereits in der CPS.“ Allein nach den Unterschieden
      zwischen den beiden Texten wäre sie wesentlich.

      Maßgebliche Unterschiede, die gewichtigsten zuerst:

      - Tabellenwert: 397 → 199 (in 2.4 Gültigkeit)

      Richtlinien und QSCD
      --------------------

      - Richtlinie 1.3.6.1.4.1.99999.1.2.2, QSCD verwaltet durch: den Inhaber
        → den Anbieter

      Geänderte Abschnitte
      --------------------

      Verglichen wird mit Version 1.1. Der Text der Version 1.2 liegt nur als
      Datei (etwa als PDF) oder gar nicht vor und lässt sich nicht
      vergleichen.

      3 Abschnitte unterscheiden sich, an 3 Stellen: 12 Wörter kamen hinzu, 31
      entfielen.

      - 2.4 Gültigkeit: Überschrift geändert (bisher „Laufzeit“), Wortlaut
        geändert
        https://repository.ets.example/pds/1.3/changes/#2.4
      - 3 Pflichten: aufgeteilt in 3.1 und 3.2
        https://repository.ets.example/pds/1.3/changes/#3.1
      - 7 Verweise: entfallen
        https://repository.ets.example/pds/1.3/changes/#removed-7

      Gezählt, aber nicht als Änderung gekennzeichnet: Unterschiede bei
      Leerraum (4) und Anordnung (2).

      Zum Nachlesen
      -------------

      Der vollständige Vergleich mit allen Einfügungen und Streichungen:
      https://repository.ets.example/pds/1.3/changes/

      Der Text der Version 1.3:
      https://repository.ets.example/pds/1.3/

      SHA-256 dieses Textes:
      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

      Alle Mitteilungen:
      https://repository.ets.example/notices/
      "
    `);
  });

  test('of a first version', () => {
    expect(mail(makeNotice({ version: '1.0', noticeDays: 0, effective: '2026-11-09T09:30:00Z' as Instant }))).toMatchInlineSnapshot(`
      "Subject: Notice of publication: Certification Practice Statement for Qualified Certificates, version 1.0, in force from 9 November 2026

      Example Trust Services has published version 1.0 of its “Certification
      Practice Statement for Qualified Certificates” (CPS). It has been in
      force since 9 November 2026 at 10:30 (Europe/Vienna).

      Published:      9 November 2026 at 10:30 (Europe/Vienna)
      In force from:  9 November 2026 at 10:30 (Europe/Vienna)
      Notice:         none: it took effect when it was published

      Comparison
      ----------

      This is the first version. There is none before it with which it could
      be compared.

      Where to read it
      ----------------

      This notice:
      https://repository.ets.example/cps/1.0/changes/

      The text of version 1.0:
      https://repository.ets.example/cps/1.0/

      SHA-256 of that text:
      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

      All notices:
      https://repository.ets.example/notices/
      "
    `);
  });

  test('where the text before is kept as a PDF', () => {
    const notice = makeNotice({
      version: '1.1',
      changes: 'First version in Markdown.',
      effective: '2026-11-04T23:00:00Z' as Instant,
      noticeDays: -5,
      compared: { with: undefined, why: 'nothing-before-is-held', skipped: ['1.0'] },
    });
    expect(mail(notice)).toMatchInlineSnapshot(`
      "Subject: Notice of change: Certification Practice Statement for Qualified Certificates, version 1.1, in force from 5 November 2026

      Example Trust Services has published version 1.1 of its “Certification
      Practice Statement for Qualified Certificates” (CPS). It has been in
      force since 5 November 2026 at 00:00 (Europe/Vienna).

      First version in Markdown.

      Published:      9 November 2026 at 10:30 (Europe/Vienna)
      In force from:  5 November 2026 at 00:00 (Europe/Vienna)
      Notice:         none: it took effect 5 days before it was published

      Comparison
      ----------

      The text of version 1.0 is kept as a file (a PDF, for instance) or is
      not held, and cannot be compared word by word. What changed is not
      listed here; please read the text.

      Where to read it
      ----------------

      This notice:
      https://repository.ets.example/cps/1.1/changes/

      The text of version 1.1:
      https://repository.ets.example/cps/1.1/

      SHA-256 of that text:
      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

      All notices:
      https://repository.ets.example/notices/
      "
    `);
  });

  test('of a version that is kept as a file, or known by name only', () => {
    const file = noticeText(makeNotice({ compared: { with: undefined, why: 'kept-as-file', skipped: [] } }), context);
    expect(file).toContain('kept as a file (a PDF, for instance)');
    expect(file).toContain('The text of version 2.2:\nhttps://repository.ets.example/cps/2.2/\n');
    const name = noticeText(makeNotice({ compared: { with: undefined, why: 'not-held', skipped: [] } }), { ...context, sha256: undefined });
    expect(name).toContain('The text of this version is not held here');
    expect(name).not.toMatch(/SHA-256|The text of version/);
  });

  test('where nothing changed', () => {
    const notice = makeNotice({
      significance: { kind: 'editorial', set: undefined, proposed: 'editorial' },
      compared: { with: '2.1', skipped: [], summary: summarise([], { formatting: 1200 }) },
    });
    expect(noticeText(notice, context).split('\n\n').slice(2, -5)).toMatchInlineSnapshot(`
      [
        "How far the change reaches
      --------------------------",
        "Editorial change, going by what differs between the two texts.",
        "Comparison
      ----------",
        "The comparison with version 2.1 finds no difference in what the text
      says.",
        "Counted, but not marked as changes: differences in formatting (1,200).",
      ]
    `);
  });

  test('of so many changes that a list would not be read: by chapter, and none is left out', () => {
    const many = Array.from({ length: 140 }, (_, index) => {
      const number = `${(index % 9) + 1}.${Math.floor(index / 9) + 1}`;
      return section(index % 20 === 0 ? ['added'] : ['reworded'], index % 20 === 0 ? [] : [`${number} Title`], [`${number} Title`]);
    });
    const others = [
      section(['reworded'], ['A.2 Methods'], ['A.2 Methods']),
      section(['reworded', 'moved'], ['History'], ['History']),
      section(['removed'], ['9.99 Old'], []),
    ];
    const text = mail(makeNotice({ compared: { with: '2.1', skipped: [], summary: summarise([...many, ...others]) } }));
    for (const { after, before } of [...many, ...others]) expect(text.replace(/\s+/g, ' ')).toContain((after[0] ?? before[0])?.number || '“History”');
    expect(text.slice(text.indexOf('Changed sections'))).toMatchInlineSnapshot(`
      "Changed sections
      ----------------

      143 sections differ, in 143 places: 286 words were added, 143 removed.

      By chapter:

      - Chapter 1: 16 sections
        new: 1.1
        reworded: 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.10, 1.11, 1.12,
        1.13, 1.14, 1.15, 1.16
        https://repository.ets.example/cps/2.2/changes/#1.1
      - Chapter 2: 16 sections
        reworded: 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9, 2.10, 2.11,
        2.13, 2.14, 2.15, 2.16
        new: 2.12
        https://repository.ets.example/cps/2.2/changes/#2.1
      - Chapter 3: 16 sections
        reworded: 3.1, 3.2, 3.4, 3.5, 3.6, 3.7, 3.8, 3.9, 3.10, 3.11, 3.12,
        3.13, 3.14, 3.15, 3.16
        new: 3.3
        https://repository.ets.example/cps/2.2/changes/#3.1
      - Chapter 4: 16 sections
        reworded: 4.1, 4.2, 4.3, 4.4, 4.5, 4.6, 4.7, 4.8, 4.9, 4.10, 4.11,
        4.12, 4.13, 4.15, 4.16
        new: 4.14
        https://repository.ets.example/cps/2.2/changes/#4.1
      - Chapter 5: 16 sections
        reworded: 5.1, 5.2, 5.3, 5.4, 5.6, 5.7, 5.8, 5.9, 5.10, 5.11, 5.12,
        5.13, 5.14, 5.15, 5.16
        new: 5.5
        https://repository.ets.example/cps/2.2/changes/#5.1
      - Chapter 6: 15 sections
        reworded: 6.1, 6.2, 6.3, 6.4, 6.5, 6.6, 6.7, 6.8, 6.9, 6.10, 6.11,
        6.12, 6.13, 6.14, 6.15
        https://repository.ets.example/cps/2.2/changes/#6.1
      - Chapter 7: 15 sections
        reworded: 7.1, 7.2, 7.3, 7.4, 7.5, 7.6, 7.8, 7.9, 7.10, 7.11, 7.12,
        7.13, 7.14, 7.15
        new: 7.7
        https://repository.ets.example/cps/2.2/changes/#7.1
      - Chapter 8: 15 sections
        reworded: 8.1, 8.2, 8.3, 8.4, 8.5, 8.6, 8.7, 8.8, 8.9, 8.10, 8.11,
        8.12, 8.13, 8.14, 8.15
        https://repository.ets.example/cps/2.2/changes/#8.1
      - Chapter 9: 16 sections
        reworded: 9.1, 9.2, 9.3, 9.4, 9.5, 9.6, 9.7, 9.8, 9.10, 9.11, 9.12,
        9.13, 9.14, 9.15
        new: 9.9
        removed: 9.99
        https://repository.ets.example/cps/2.2/changes/#9.1
      - Appendix A: 1 section
        reworded: A.2
        https://repository.ets.example/cps/2.2/changes/#A.2
      - Without a number: 1 section
        reworded, moved: “History”
        https://repository.ets.example/cps/2.2/changes/#history

      Where to read it
      ----------------

      The whole comparison, with all insertions and deletions:
      https://repository.ets.example/cps/2.2/changes/

      The text of version 2.2:
      https://repository.ets.example/cps/2.2/

      SHA-256 of that text:
      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

      All notices:
      https://repository.ets.example/notices/
      "
    `);
  });
});

describe('form of the mail', () => {
  const anything = fc.string({
    unit: fc.constantFrom('From ', 'From', ' ', '\n', '\n\n', 'word', '>', '-- ', '.', '\u0000', '\ud800', 'ß', '—', 'x'.repeat(80)),
    maxLength: 40,
  });

  test('no line is longer than 72 columns where its words are not, none begins with "From ", no address is broken', () => {
    fc.assert(
      fc.property(anything, anything, (changes, title) => {
        const notice = makeNotice({ changes, title, compared: material.compared });
        for (const line of mail(notice).split('\n').slice(1)) {
          expect(line).not.toMatch(/^From( |$)/);
          expect(line).not.toMatch(/ $|[\p{Cc}\p{Cs}]/u);
          if ([...line].length > 73) expect(line).toMatch(/\S{60}/);
          if (line.includes('https:')) expect(line).toMatch(/^ *https:\S+$/);
        }
      }),
    );
  });

  test('the subject is one line', () => {
    expect(noticeSubject(makeNotice({ title: 'A title\nBcc: all@example.org' }), context)).toBe(
      'Notice of change: A title Bcc: all@example.org, version 2.2, in force from 1 February 2027'.replace('change', 'publication'),
    );
  });

  test.each([
    [0, '2026-11-09T20:00:00Z', 'less than a day'],
    [1, '2026-11-10T20:00:00Z', '1 day'],
    [-0, '2026-11-09T08:00:00Z', 'none: it took effect less than a day before it was published'],
    [-1, '2026-11-08T08:00:00Z', 'none: it took effect 1 day before it was published'],
  ])('the length of notice, %i days until %s, is told as "%s"', (noticeDays, effective, told) => {
    expect(noticeText(makeNotice({ noticeDays, effective: effective as Instant }), context).replace(/\s+/g, ' ')).toContain(`Notice: ${told}`);
  });

  test('a time of day that exists in the zone only is told in it', () => {
    const within = { ...context, timeZone: 'Asia/Kolkata' };
    expect(noticeText(makeNotice(), within)).toContain('1 February 2027 at 04:30 (Asia/Kolkata)');
  });
});

describe('as Markdown', () => {
  test('of the same change', () => {
    expect(noticeMarkdown(material, context)).toMatchInlineSnapshot(`
      "### Notice of change: Certification Practice Statement for Qualified Certificates, version 2.2, in force from 1 February 2027

      Example Trust Services has published version 2.2 of its “Certification Practice Statement for Qualified Certificates” (CPS). It takes effect on 1 February 2027 at 00:00 (Europe/Vienna).

      EC P-384 is allowed for subscriber keys in addition to RSA 3072 and EC P-256. The status services (CRL and OCSP) run in a second data centre, Linz, at the same time as in Vienna.

      - Published: 9 November 2026 at 10:30 (Europe/Vienna)
      - In force from: 1 February 2027 at 00:00 (Europe/Vienna)
      - Notice: 83 days
      - Compared with: version 2.1

      ### How far the change reaches

      Material change, going by what differs between the two texts.

      The differences that count, the weightiest first:

      - duty: should → shall (in 4.9.9 On-line revocation/status checking availability)
      - number: 24 → 12 (in 4.9.5 Time within which CA must process the revocation request)

      ### Policies and QSCD

      - policy 1.3.6.1.4.1.99999.1.2.3, QSCD: not required → required
      - policy added: 1.3.6.1.4.1.99999.1.2.5 (Qualified certificates for short-term signatures)

      ### Changed sections

      3 sections differ, in 7 places: 1,243 words were added, 12 removed.

      - [4.9.5 Time within which CA must process the revocation request: reworded](<https://repository.ets.example/cps/2.2/changes/#4.9.5>)
      - [4.9.9 Availability of status services: reworded, renumbered (was 4.9.10)](<https://repository.ets.example/cps/2.2/changes/#4.9.9>)
      - [6.1.8 Post-quantum keys: new](<https://repository.ets.example/cps/2.2/changes/#6.1.8>)

      Counted, but not marked as changes: differences in quotation marks (12), dashes (3) and link targets (1).

      ### Where to read it

      The whole comparison, with all insertions and deletions: <https://repository.ets.example/cps/2.2/changes/>

      The text of version 2.2: <https://repository.ets.example/cps/2.2/>

      SHA-256 of that text: \`9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\`

      All notices: <https://repository.ets.example/notices/>
      "
    `);
  });

  test('nothing in it is taken for markup, a mention or an issue', () => {
    const markdown = noticeMarkdown(
      makeNotice({
        changes: '# *A* [x](y) <b>@root fixes #1</b>\n\n1. `z`',
        compared: { with: '2.1', skipped: [], summary: summarise([section(['moved'], ['1 A|B_c_'], ['1 A|B_c_'], { added: 0, removed: 0, places: 0 })]) },
      }),
      context,
    );
    expect(markdown).toContain('\n\\# \\*A\\* \\[x\\](y) &lt;b&gt;@<!-- -->root fixes #<!-- -->1&lt;/b&gt;\n\n1\\. \\`z\\`\n');
    expect(markdown).toContain(
      '\n1 section differs; no word was added or removed.\n\n- [1 A\\|B\\_c\\_: moved](<https://repository.ets.example/cps/2.2/changes/#1>)\n',
    );
  });

  test('a long list is folded, not cut', () => {
    const sections = Array.from({ length: 150 }, (_, index) => section(['reworded'], [`1.${index} T`], [`1.${index} T`]));
    const text = noticeMarkdown(makeNotice({ compared: { with: '2.1', skipped: [], summary: summarise(sections) } }), context);
    expect(text).toContain('<details><summary>150 sections</summary>\n\n- [1.0 T: reworded](');
    expect(text.match(/: reworded\]/g)).toHaveLength(150);
  });
});

describe('as JSON', () => {
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(apiSchemas(context.absolute).get('notice') ?? ''));
  const notices = {
    material,
    first: makeNotice(),
    'before it was published': makeNotice({ noticeDays: -5, compared: { with: undefined, why: 'nothing-before-is-held', skipped: ['1.0'] } }),
    set: makeNotice({ significance: { kind: 'minor', set: { reason: 'x' }, proposed: undefined }, changes: 'y' }),
  };

  test.each(Object.entries(notices))('%s keeps to its schema', (_, notice) => {
    validate(JSON.parse(noticeJson(notice, { ...context, sha256: notice === material ? context.sha256 : undefined })));
    expect(validate.errors).toBe(null);
  });

  test('says all that the notice says, with addresses', () => {
    const answer = JSON.parse(noticeJson(material, context));
    expect(answer).toMatchObject({
      document: 'cps',
      url: 'https://repository.ets.example/cps/2.2/changes/',
      compared: { with: '2.1', counts: { added: 1243 } },
    });
    expect(answer.compared.sections[1]).toMatchInlineSnapshot(`
      {
        "after": [
          {
            "anchor": "4.9.9",
            "number": "4.9.9",
            "title": "Availability of status services",
          },
        ],
        "before": [
          {
            "anchor": "4.9.10",
            "number": "4.9.10",
            "title": "Availability of status services",
          },
        ],
        "counts": {
          "added": 38,
          "places": 5,
          "removed": 11,
        },
        "traits": [
          "reworded",
          "renumbered",
        ],
        "url": "https://repository.ets.example/cps/2.2/changes/#4.9.9",
      }
    `);
  });
});

test('a language without words is told in English', () => {
  expect([noticeWords('de-AT'), noticeWords('fr'), noticeWords('constructor')]).toEqual([noticeWords('de'), noticeWords('en'), noticeWords('en')]);
});

test('numbers agree with their nouns', () => {
  expect([noticeWords('en').counts(1, 1, 1, 1), noticeWords('de').counts(1, 1, 1, 1), noticeWords('de').counts(1200, 2, 12345, 0)]).toMatchInlineSnapshot(`
    [
      "1 section differs, in 1 place: 1 word was added, 1 removed.",
      "1 Abschnitt unterscheidet sich, an 1 Stelle: 1 Wort kam hinzu, 1 entfiel.",
      "1200 Abschnitte unterscheiden sich, an 2 Stellen: 12.345 Wörter kamen hinzu, 0 entfielen.",
    ]
  `);
});
