import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findApplicable, type Governed } from '../model/applicability.ts';
import { ETSI_POLICIES } from '../model/document.ts';
import { compareEditions } from '../model/edition.ts';
import type { Catalogue } from '../model/requirement.ts';
import type { Workspace } from '../model/workspace.ts';
import { editionChangesJson, printEditionChanges } from '../publish/edition-changes.ts';
import { printRequirements, type RequirementList, requirementsCsv, requirementsJson } from '../publish/requirement-list.ts';
import { listEditions, readEdition } from '../read/catalogue.ts';
import { openWorkspace } from '../read/workspace.ts';
import { chooseStandard, refuseConfiguration } from './choose-requirements.ts';
import { type Command, type Io, UsageError } from './main.ts';

const FORMATS: Readonly<Record<string, (lists: readonly RequirementList[]) => string>> = {
  text: printRequirements,
  json: requirementsJson,
  csv: requirementsCsv,
};

/** `cartulary requirements`: which requirements apply under which policy, and why; or what a new edition of a standard asks. */
export const requirements: Command = {
  summary: 'List the requirements that apply, and why.',
  usage: `cartulary requirements [--policy <name>] [--oid <OID>] [--standard <standard>] [--format text|json|csv]
cartulary requirements --compare <standard>/<edition> <standard>/<edition> [--format text|json]

  Without --policy and --oid, for each policy that the texts of the work tree govern.
  --policy    a reference policy, such as QCP-l-qscd; may be given several times
  --oid       a policy of the texts, or a reference policy by its OID; may be given several times
  --standard  only this one, such as 411-2
  --format    text (default), json or csv
  --compare   what is new, changed or void between two editions, such as en-319-411-2/v2.6.1`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        policy: { type: 'string', multiple: true },
        oid: { type: 'string', multiple: true },
        standard: { type: 'string' },
        format: { type: 'string', default: 'text' },
        compare: { type: 'boolean' },
      },
    });
    if (values.compare) return compare(positionals, values.format, io);
    const [surplus] = positionals;
    if (surplus !== undefined) throw new UsageError(`"${surplus}" is not expected here.`);
    const print = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
    if (!print) throw new UsageError(`There is no format "${values.format}".`);
    const { workspace } = await openWorkspace(pathToFileURL(`${io.folder}/`), { now: io.now, purpose: 'check' });
    if (refuseConfiguration(workspace, io)) return 2;
    const isChosen = chooseStandard(workspace.catalogues, values.standard);
    const lists = choosePolicies(workspace, values.policy ?? [], values.oid ?? []).map((governed) => {
      const { applicable, undecided, switchedOff } = findApplicable(workspace.catalogues, governed, workspace.config.practices);
      const applicability = { applicable: applicable.filter(isChosen), undecided: undecided.filter(isChosen), switchedOff: switchedOff.filter(isChosen) };
      return { governed, applicability };
    });
    io.out(print(lists));
    return 0;
  },
};

function choosePolicies({ catalogues, drafts }: Workspace, names: readonly string[], oids: readonly string[]): Governed[] {
  const known = new Map<string, Governed>();
  for (const policy of drafts.flatMap(({ frontMatter }) => frontMatter?.policies ?? [])) if (!known.has(policy.oid)) known.set(policy.oid, policy);
  const reference = catalogues.flatMap(({ policies }) => policies);
  const byName = names.map((name): Governed => {
    const conformsTo = ETSI_POLICIES.find((policy) => policy === name);
    if (!conformsTo) throw new UsageError(`There is no policy "${name}". Policies: ${ETSI_POLICIES.join(', ')}.`);
    return { conformsTo };
  });
  const byOid = oids.map((oid): Governed => {
    const conformsTo = ETSI_POLICIES.find((policy) => policy === reference.find((candidate) => candidate.oid === oid)?.id);
    const governed = known.get(oid) ?? (conformsTo && { conformsTo, oid });
    if (!governed) throw new UsageError(`No text of the work tree governs the policy ${oid}, and it is none of ETSI's.`);
    return governed;
  });
  if (byName.length + byOid.length > 0) return [...byName, ...byOid];
  if (known.size === 0) throw new UsageError('The texts of the work tree govern no policy: name one with --policy.');
  return [...known.values()];
}

async function compare(positionals: readonly string[], format: string, io: Io): Promise<number> {
  if (positionals.length !== 2) throw new UsageError('Two editions are compared: an older one and a newer one.');
  if (format !== 'text' && format !== 'json') throw new UsageError(`There is no format "${format}" for a comparison.`);
  const known = await listEditions(io.folder);
  const read = async (path: string): Promise<Catalogue> => {
    const name = known.find(({ standard, edition }) => `${standard}/${edition}` === path);
    if (!name) throw new UsageError(`There is no edition "${path}". Editions: ${known.map(({ standard, edition }) => `${standard}/${edition}`).join(', ')}.`);
    const { catalogues, observations } = await readEdition(io.folder, name);
    const [catalogue] = catalogues;
    if (observations.length === 0 && catalogue) return catalogue;
    throw new Error(`The catalogue ${path} is not valid: run \`cartulary check\`.`);
  };
  const [older, newer] = (await Promise.all(positionals.map(read))) as [Catalogue, Catalogue];
  if (older.standard !== newer.standard) throw new UsageError(`${older.standard} and ${newer.standard} are different standards.`);
  const comparison = compareEditions(older, newer);
  io.out(format === 'json' ? editionChangesJson(comparison) : printEditionChanges(comparison));
  return 0;
}
