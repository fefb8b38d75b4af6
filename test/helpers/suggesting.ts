import { pathToFileURL } from 'node:url';
import { type CoverageRow, computeCoverage } from '../../src/check/coverage.ts';
import { suggestPlaces, WEIGHTS, type Weights, wordsOf } from '../../src/check/suggest.ts';
import { indexText } from '../../src/check/text-index.ts';
import { markName, readMark, resolveTarget } from '../../src/model/mark.ts';
import { listMarkedSections } from '../../src/model/marked-section.ts';
import type { SuggestedWork, Suggestion } from '../../src/model/suggestion.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Workspace } from '../../src/model/workspace.ts';
import { openWorkspace } from '../../src/read/workspace.ts';

/** How often proposals name a section in which the author put the mark. */
export interface Hits {
  asked: number;
  first: number;
  firstThree: number;
}

/** What was measured for one way of ranking: by standard, by text and in all, and by what was said of the first place. */
export interface Measured {
  groups: ReadonlyMap<string, Hits>;
  work: ReadonlyMap<SuggestedWork, Hits>;
}

/** The texts of the example with all that its authors marked, and which requirements would be open without the marks. */
export interface Marked {
  workspace: Workspace;
  bare: Workspace;
  rows: readonly CoverageRow[];
  /** Anchors of the sections that are marked, by file and requirement. */
  places: ReadonlyMap<string, ReadonlySet<string>>;
}

export async function readMarked(folder: string): Promise<Marked> {
  const now = '2026-11-23T00:00:00Z' as Instant;
  const { workspace } = await openWorkspace(pathToFileURL(`${folder}/`), { now, purpose: 'check' });
  const places = new Map<string, Set<string>>();
  for (const { file, sections } of workspace.drafts) {
    for (const { anchor, marks } of sections) {
      for (const target of marks.filter(({ kind }) => kind === 'meets').flatMap((mark) => readMark(mark).targets)) {
        const { catalogue, requirements } = resolveTarget(target, workspace.catalogues);
        for (const requirement of catalogue ? requirements : []) {
          const key = `${file} ${markName(catalogue as NonNullable<typeof catalogue>, requirement)}`;
          places.set(key, (places.get(key) ?? new Set()).add(anchor));
        }
      }
    }
  }
  const drafts = workspace.drafts.map((draft) => ({ ...draft, sections: draft.sections.map((section) => ({ ...section, marks: [] })) }));
  const texts = drafts.map((draft) => ({ frontMatter: draft.frontMatter, marked: listMarkedSections(draft.sections) }));
  const { rows } = computeCoverage({ texts, catalogues: workspace.catalogues, practices: workspace.config.practices });
  return { workspace, bare: { ...workspace, drafts }, rows, places };
}

/** Asks for every mark of the example as if none had been set; or, with `others`, as if only this one were missing. */
export function measureSuggesting(marked: Marked, weights: Weights = WEIGHTS, others = false): Measured {
  const [groups, work] = [new Map<string, Hits>(), new Map<SuggestedWork, Hits>()];
  const suggestions = suggestPlaces(others ? marked.workspace : marked.bare, marked.rows, { weights });
  for (const suggestion of suggestions) {
    const wanted = marked.places.get(`${suggestion.file} ${suggestion.requirement}`);
    const [first] = suggestion.places;
    if (!wanted || !first) continue;
    const rank = suggestion.places.findIndex(({ anchor }) => wanted.has(anchor));
    for (const name of ['all', nameStandard(suggestion), suggestion.file]) count(groups, name, rank);
    count(work, first.work, rank);
  }
  return { groups, work };
}

const nameStandard = ({ standard, edition }: Suggestion) => `${standard.replace(/^ETSI /, '')} ${edition}`;

function count<Key>(hits: Map<Key, Hits>, key: Key, rank: number): void {
  const { asked, first, firstThree } = hits.get(key) ?? { asked: 0, first: 0, firstThree: 0 };
  hits.set(key, { asked: asked + 1, first: first + (rank === 0 ? 1 : 0), firstThree: firstThree + (rank >= 0 ? 1 : 0) });
}

/** The share of a requirement's words in the sections that are marked for it, and in each other section of the same text; English texts only. */
export function listShares({ bare, rows, places }: Marked): { marked: number[]; others: number[] } {
  const [marked, others]: [number[], number[]] = [[], []];
  for (const draft of bare.drafts.filter(({ language }) => language === 'en')) {
    const index = indexText(draft);
    for (const { catalogue, requirement } of rows.filter(({ state }) => state === 'open')) {
      const wanted = places.get(`${draft.file} ${markName(catalogue, requirement)}`);
      if (!wanted) continue;
      const words = wordsOf(requirement);
      const [own, rest] = [true, false].map((isOwn) => index.filter(({ section }) => wanted.has(section.anchor) === isOwn).map(({ share }) => share(words)));
      marked.push(Math.max(0, ...(own ?? [])));
      others.push(...(rest ?? []));
    }
  }
  return { marked, others };
}
