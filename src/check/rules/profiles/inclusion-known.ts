import type { Html, Nodes } from 'mdast';
import { splitComments } from '../../../model/comment.ts';
import type { Observation, Place, Rule } from '../../../model/finding.ts';
import { statedProfiles } from '../../../model/profile-binding.ts';
import { includedProfile, readInclusion } from '../../../model/profile-markdown.ts';
import type { Draft, Workspace } from '../../../model/workspace.ts';

/** Every comment that includes a profile names one that the text states, once, and stands where its table can stand. */
export const inclusionKnown: Rule = {
  id: 'profiles/inclusion-known',
  demands: 'Each comment that includes a profile names one that the text states, once, alone on its line.',
  basis: { standard: 'Cartulary' },
  severity: 'error',
  *check(workspace) {
    for (const draft of workspace.drafts) {
      const text = { draft, workspace, included: new Set<string>() };
      for (const { blocks } of draft.sections) for (const block of blocks) yield* checkNode(block, text, true);
    }
  },
};

interface Text {
  draft: Draft;
  workspace: Workspace;
  /** The profiles that have been included so far. */
  included: Set<string>;
}

function* checkNode(node: Nodes, text: Text, isBlock: boolean): Iterable<Observation> {
  if (node.type === 'html') yield* checkComments(node, text, isBlock);
  else if ('children' in node) for (const child of node.children) yield* checkNode(child, text, false);
}

function* checkComments(node: Html, { draft, workspace, included }: Text, isBlock: boolean): Iterable<Observation> {
  const standsAlone = isBlock && readInclusion(node).length > 0;
  const at: Place = { file: draft.file, ...(node.position && { start: { line: node.position.start.line, column: node.position.start.column } }) };
  for (const comment of splitComments(node.value).comments) {
    const id = includedProfile(comment);
    if (id === undefined) {
      if (isMeant(comment, workspace)) yield notRead(comment, at);
    } else if (!standsAlone) yield notAlone(id, at);
    else if (included.has(id)) yield twice(id, at);
    else yield* checkProfile(id, at, draft, workspace);
    if (id !== undefined && standsAlone) included.add(id);
  }
}

/** Whether a comment that includes nothing was meant to: it says "profile" and one word, or begins with the id of a profile. */
function isMeant(comment: string, { profiles }: Workspace): boolean {
  const [, between = '', word = '', rest = ''] = /^\s*profiles?(\s*:\s*|\s+)(\S+)\s*(.*)$/is.exec(comment) ?? [];
  return (word !== '' && rest === '' && !between.includes(':')) || profiles.some(({ id }) => id === word.replace(/[,;.]$/, ''));
}

function* checkProfile(id: string, at: Place, draft: Draft, { profiles, observations }: Workspace): Iterable<Observation> {
  const file = `content/profiles/${id}.yaml`;
  const profile = profiles.find((candidate) => candidate.id === id);
  // Of a profile that is not valid another rule has spoken.
  if (!profile && observations.some((observation) => observation.at.file === file)) return;
  if (!profile) {
    yield {
      message: `The text includes the profile "${id}", which is not declared.`,
      at,
      seen: `no file ${file}`,
      expected: profiles.length > 0 ? `one of ${profiles.map((candidate) => candidate.id).join(', ')}` : 'the file that declares it',
      advice: 'Write the file, or correct the name; until then nothing is shown in its place.',
    };
    return;
  }
  const { type, frontMatter } = draft;
  if (statedProfiles({ type, policies: frontMatter?.policies ?? [] }, profiles).includes(profile)) return;
  yield {
    message: `The text includes the profile "${id}", but does not state it.`,
    at,
    ...(profile.policy === undefined
      ? { seen: `a text of type ${type}`, expected: 'a CP, CPS or both in one, for the profile has no policy' }
      : { seen: 'no policy of the front matter that names it', expected: `\`profile: ${id}\` at policy ${profile.policy}` }),
    advice:
      'Name it there, or take the comment out: only profiles that a text states are registered with it, so the page of the version would show nothing here.',
  };
}

const notAlone = (id: string, at: Place): Observation => ({
  message: `The comment that includes the profile "${id}" does not stand alone.`,
  at,
  seen: 'other words or markup around it, or another comment that includes nothing',
  expected: `<!-- profile ${id} --> on a line of its own, in no list, quotation or table`,
  advice: 'Put it between two blank lines; until then nothing is shown in its place.',
});

const twice = (id: string, at: Place): Observation => ({
  message: `The text includes the profile "${id}" a second time.`,
  at,
  seen: `<!-- profile ${id} -->`,
  expected: 'each profile once in a text',
  advice: 'Name the section with the table instead; nothing is shown in this place.',
});

const notRead = (comment: string, at: Place): Observation => ({
  message: 'A comment seems to include a profile, but includes nothing.',
  at,
  seen: `<!--${comment.length > 80 ? `${comment.slice(0, 79)}…` : comment}-->`,
  expected: 'the word profile and the id of one, such as <!-- profile natural-person-qscd -->',
  advice: 'Write just these two words, or begin the comment with another word.',
});
