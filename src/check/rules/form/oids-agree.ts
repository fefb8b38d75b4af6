import type { Policy, Section } from '../../../model/document.ts';
import type { Observation, Rule } from '../../../model/finding.ts';
import type { KnownOids } from '../../../model/form-facts.ts';
import { excerpt, nameSection, type Passage, passagesOf } from '../../../model/running-text.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';
import { followsOutline } from './outline-complete.ts';

/** Object identifiers in the text are well-formed, are those of the names beside them, and agree with the front matter. */
export const oidsAgree: Rule = {
  id: 'form/oids-agree',
  demands: 'Object identifiers in the text are well-formed, and agree with the front matter and the names beside them.',
  basis: { standard: 'CA/Browser Forum TLS Baseline Requirements', edition: '2.2.6', clause: '7.1.2.7.9' },
  severity: 'error',
  *check(workspace) {
    const { oids } = workspace.formFacts;
    const texts = workspace.drafts.map(readText);
    const own = readOwn(workspace, texts);
    for (const text of texts) {
      for (const located of text.passages) {
        const named = [...findOids(located.passage.text)];
        if (named.length === 0) continue;
        for (const oid of named) yield* checkForm(oid, located, oids) ?? checkDeclared(oid, located, own);
        yield* checkNames(named, located, oids);
        yield* checkPolicy(named, located, text, oids);
        yield* checkRow(named, located, text);
      }
      yield* checkPlaces(text);
    }
  },
};

interface Located {
  section: Section;
  passage: Passage;
}

interface Text {
  draft: Draft;
  passages: readonly Located[];
  /** The policies of its front matter by identifier, and by name and profile; undefined for what two of them share. */
  policies: ReadonlyMap<string, Policy>;
  called: ReadonlyMap<string, Policy | undefined>;
}

function readText(draft: Draft): Text {
  const policies = draft.frontMatter?.policies ?? [];
  const called = new Map<string, Policy | undefined>();
  for (const policy of policies) for (const name of [policy.name, policy.profile ?? '']) called.set(name, called.has(name) ? undefined : policy);
  return {
    draft,
    passages: draft.sections.flatMap((section) => passagesOf(section).map((passage) => ({ section, passage }))),
    policies: new Map(policies.map((policy) => [policy.oid, policy])),
    called,
  };
}

/** An object identifier as it is written, and without what should not be in it. */
interface WrittenOid {
  at: number;
  written: string;
  oid: string;
}

/** Seven numbers and more are taken for an identifier wherever they stand; fewer where they begin like one, or are called one. */
const WRITTEN =
  /(?<![\p{L}\p{N}._/-])\d+(?:\.\d+){2,}(?: \.{1,2} ?\d+(?:\.\d+)*|\.{1,2} \d+(?:\.\d+)+|\.{1,2} \d+(?= \||$)|\.\.\d+(?:\.\d+)+)*(?![\p{L}\p{N}]|\.\p{L})/gu;
const BEGINNING = /^(?:0\.4\.0\.|1\.0\.\d{4}|1\.2\.\d{2,}\.|1\.3\.(?:6\.1|14|36|101|132)\.|2\.5\.(?:4|29)\.|2\.16\.|2\.23\.)/;
const CALLED = /(?:\bOIDs?|object identifiers?|objektkennung(?:en)?|objektidentifikator(?:en)?)\b[\s:=(|`"„“]*$/iu;
const MENTION = /(?:\bsections?|\bclauses?|\babschnitte?[ns]?|\bchapters?|\bversions?|§+)\s*$/iu;

/** As in the model of identifiers; more numbers than these are none. */
const MOST_ARCS = 128;

function* findOids(text: string): Iterable<WrittenOid> {
  for (const match of text.matchAll(WRITTEN)) {
    const [written] = match;
    const oid = written.replace(/ /g, '').replace(/\.{2,}/g, '.');
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    const arcs = oid.split('.').length;
    if (arcs > MOST_ARCS) continue;
    const isOid = CALLED.test(before) || (arcs >= 5 && BEGINNING.test(oid)) || (arcs >= 7 && !MENTION.test(before));
    if (isOid) yield { at: match.index, written, oid };
  }
}

/** What is wrong with an identifier itself; undefined where nothing is. */
function checkForm({ at, written, oid }: WrittenOid, { passage }: Located, { wholeArcs }: KnownOids): Observation[] | undefined {
  const see = (message: string, expected: string): Observation[] => [{ message, at: passage.placeAt(at), seen: written, expected }];
  if (written !== oid) return see(`The object identifier "${written}" has a space or a doubled point in it.`, oid);
  const arcs = oid.split('.');
  if (arcs.some((arc) => /^0\d/.test(arc)))
    return see(`The object identifier ${oid} has a number that begins with 0.`, arcs.map((arc) => arc.replace(/^0+(?=\d)/, '')).join('.'));
  if (!/^[012]$/.test(arcs[0] ?? ''))
    return see(`The object identifier ${oid} begins with an arc that does not exist.`, 'an identifier that begins with 0, 1 or 2');
  for (const { arc, next, of } of wholeArcs) {
    const after = oid.startsWith(`${arc}.`) ? (oid.slice(arc.length + 1).split('.')[0] ?? '') : undefined;
    if (after === undefined || next.includes(after)) continue;
    return see(
      `The object identifier ${oid} does not exist: ${arc} is the arc of ${of}.`,
      `${arc}, and then ${next.length === 1 ? next[0] : `one of ${next.join(', ')}`}`,
    );
  }
  return undefined;
}

/** The identifiers that the provider gave. */
interface OwnOids {
  declared: ReadonlySet<string>;
  /** Those that are alike but for one number, by what they have in common. */
  alike: ReadonlyMap<string, readonly string[]>;
}

const parentOf = (oid: string) => oid.slice(0, oid.lastIndexOf('.'));

/** Policies of any front matter are declared, and so is what section 1.2 of a CP or CPS names under the provider's arc. */
function readOwn({ drafts, facts }: Workspace, texts: readonly Text[]): OwnOids {
  const policies = [...drafts, ...facts.values()].flatMap(({ frontMatter }) => frontMatter?.policies.map(({ oid }) => oid) ?? []);
  const declared = new Set(policies);
  const parents = new Set(policies.map(parentOf));
  const grandparents = new Set([...parents].map(parentOf));
  for (const { draft, passages } of texts) {
    if (!followsOutline(draft)) continue;
    for (const { section, passage } of passages) {
      if (!isIn(section, '1.2')) continue;
      // A policy is declared by the front matter alone; other identifiers, such as those of documents, have no better place.
      for (const { oid } of findOids(passage.text)) {
        if (!parents.has(parentOf(oid)) && grandparents.has(parentOf(parentOf(oid)))) declared.add(oid);
      }
    }
  }
  const alike = new Map<string, string[]>();
  for (const oid of declared) {
    for (const key of withoutOne(oid)) {
      const others = alike.get(key);
      if (!others) alike.set(key, [oid]);
      else if (others.length < 12) others.push(oid);
    }
  }
  return { declared, alike };
}

const isIn = ({ number }: Section, place: string) => number === place || number.startsWith(`${place}.`);

/** An identifier with one number after the other left open: two that share one of these differ in that number only. */
function withoutOne(oid: string): string[] {
  const arcs = oid.split('.');
  return arcs.map((_, index) => arcs.with(index, '*').join('.'));
}

/** A slip of the pen makes another identifier of one of the provider's, alike but for one number. */
function* checkDeclared({ at, oid }: WrittenOid, { passage, section }: Located, { declared, alike }: OwnOids): Iterable<Observation> {
  if (declared.has(oid)) return;
  const near = [...new Set(withoutOne(oid).flatMap((key) => alike.get(key) ?? []))].sort().slice(0, 12);
  if (near.length === 0) return;
  yield {
    message: `The object identifier ${oid} in ${section.number ? `section ${section.number}` : 'the text'} is none of the provider's, and differs from one in one number.`,
    at: passage.placeAt(at),
    seen: excerpt(passage.text, at),
    expected: near.length === 1 ? near.join() : `one of ${near.join(', ')}`,
    advice: 'Correct it, or declare it: a policy in the front matter, a document in section 1.2 of the CP or CPS.',
  };
}

/** The whole cell before that of an identifier, or the word before its bracket. */
const NAME_BEFORE = /(?:(?:^| \| )`?([A-Za-z][\w+-]*)`? \| |(?<![\p{L}\p{N}.-])([A-Za-z][\w+-]*)[`"”]?(?:\s?[([:=]|\s)\s?)(?:`|OID:?\s|=\s?)?$/u;

/** "QCP-n-qscd (0.4.0.194112.1.2)", "0.4.0.194112.1.2 (QCP-n-qscd)", and the two in neighbouring cells. */
function* checkNames(named: readonly WrittenOid[], { passage }: Located, { names }: KnownOids): Iterable<Observation> {
  for (const { at, oid, written } of named) {
    const before = NAME_BEFORE.exec(passage.text.slice(Math.max(0, at - 60), at));
    const after = /^[`]?\s?\(([A-Za-z][\w+-]*)[),]/u.exec(passage.text.slice(at + written.length, at + written.length + 60))?.[1];
    for (const name of [before?.[1] ?? before?.[2], after]) {
      const plain = name?.replace(/^(?:id-kp-|id-etsi-qcs-|id-)(?=[a-zA-Z]+$)/, '');
      const known = name === undefined ? undefined : (lookUp(names, name) ?? lookUp(names, plain ?? ''));
      if (known === undefined || known === oid) continue;
      yield {
        message: `${name} has another object identifier than the text gives it.`,
        at: passage.placeAt(at),
        seen: oid,
        expected: known,
      };
    }
  }
}

const lookUp = (names: KnownOids['names'], name: string) => (Object.hasOwn(names, name) ? names[name] : undefined);

/** A row or paragraph that names one policy of the front matter and one policy of ETSI says what the front matter says. */
function* checkPolicy(named: readonly WrittenOid[], { passage, section }: Located, { policies }: Text, { names }: KnownOids): Iterable<Observation> {
  const own = [...new Set(named.flatMap(({ oid }) => policies.get(oid) ?? []))];
  const [policy] = own;
  const etsi = [...new Map(named.filter(({ oid }) => /^0\.4\.0\.(?:194112|2042)\.1\.\d+$/.test(oid)).map((written) => [written.oid, written])).values()];
  const [written] = etsi;
  if (own.length !== 1 || etsi.length !== 1 || !policy?.conformsTo || !written || passage.inRevisions) return;
  const expected = lookUp(names, policy.conformsTo);
  if (expected === undefined || expected === written.oid) return;
  yield {
    message: `${nameSection(section)} gives policy ${policy.oid} another ETSI policy than the front matter.`,
    at: passage.placeAt(written.at),
    seen: written.oid,
    expected: `${expected} (${policy.conformsTo})`,
  };
}

/** A row with the name or profile of one policy of the front matter in a cell of its own has that policy's identifier. */
function* checkRow(named: readonly WrittenOid[], { passage, section }: Located, { policies, called }: Text): Iterable<Observation> {
  if (passage.kind !== 'row' || passage.inRevisions) return;
  const [written, second] = named.filter(({ oid }) => policies.has(oid));
  if (!written || second) return;
  const [policy, other] = new Set(passage.text.split(' | ').flatMap((cell) => called.get(cell.trim()) ?? []));
  if (!policy || other || policy.oid === written.oid) return;
  yield {
    message: `A row in ${section.number ? `section ${section.number}` : 'the text'} gives "${policy.name}" the object identifier of another policy.`,
    at: passage.placeAt(written.at),
    seen: written.oid,
    expected: policy.oid,
  };
}

/** A CP or CPS names its policies in 1.2 and 7.1.6; any other text names them somewhere. */
function* checkPlaces({ draft, passages }: Text): Iterable<Observation> {
  const places = followsOutline(draft) ? ['1.2', '7.1.6'] : [''];
  for (const place of places) {
    const section = draft.sections.find(({ number }) => place === '' || number === place);
    if (!section) continue;
    const inPlace = passages.filter((located) => place === '' || isIn(located.section, place));
    const there = new Set(inPlace.flatMap(({ passage }) => (passage.inRevisions ? [] : [...findOids(passage.text)].map(({ oid }) => oid))));
    for (const [index, { oid, name }] of draft.frontMatter?.policies.entries() ?? []) {
      if (there.has(oid)) continue;
      const field = draft.fields[`policies.${index}.oid`];
      yield {
        message: `Policy ${oid} "${name}" stands in the front matter and not in ${place ? `section ${place}` : 'the text'}.`,
        at: place ? section.place : { file: draft.file, ...(field && { start: field }) },
        seen: there.size > 0 ? [...there].sort().join(', ') : 'no object identifier',
        expected: oid,
      };
    }
  }
}
