import { parse } from 'yaml';
import { SIGNED } from '../../scripts/example-list-entries.ts';
import { type ChangeLists, makeLists, readKept } from '../../scripts/example-lists.ts';
import type { Files } from './repository.ts';
import type { ListPlan, ServicePlan } from './write-list.ts';

const SCALARS = ['territory', 'issued', 'nextUpdate'] as const;
const OF_SERVICE = ['type', 'states'] as const;

/** What a page says of one list: values of the list, and of services by their names what the list says of them. */
type Described = Partial<Record<(typeof SCALARS)[number], string>> & { services?: Record<string, Partial<Pick<ServicePlan, (typeof OF_SERVICE)[number]>>> };

/**
 * The files of content/trusted-lists as a block describes them: the lists of the example, signed anew with what the block
 * says otherwise; `{}` for nothing. Throws for every key that it does not know, and every service that there is not.
 */
export function makeDescribedLists(content: string): Files {
  const described = parse(content, { schema: 'failsafe' }) as Record<string, Described>;
  refuseOthers(Object.keys(described), Object.keys(SIGNED));
  const changes = Object.entries(described).map(([id, change]) => [id, (plan: ListPlan) => changeList(plan, change)]);
  const { files } = makeLists(readKept, Object.fromEntries(changes) as ChangeLists);
  return Object.fromEntries([...files].map(([name, text]) => [`content/trusted-lists/${name}`, text]));
}

function changeList(plan: ListPlan, { services = {}, ...scalars }: Described): ListPlan {
  refuseOthers(Object.keys(scalars), SCALARS);
  const names = plan.providers.flatMap((provider) => provider.services.map(({ name }) => name));
  refuseOthers(Object.keys(services), names);
  const providers = plan.providers.map((provider) => ({
    ...provider,
    services: provider.services.map((service) => {
      const change = services[service.name] ?? {};
      refuseOthers(Object.keys(change), OF_SERVICE);
      return { ...service, ...change };
    }),
  }));
  return { ...plan, ...scalars, providers };
}

function refuseOthers(names: readonly string[], known: readonly string[]): void {
  const other = names.find((name) => !known.includes(name));
  if (other !== undefined) throw new Error(`The example says something of "${other}" in lists, which no test knows.`);
}
