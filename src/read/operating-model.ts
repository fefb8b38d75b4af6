import type { z } from 'zod';
import type { ReadingObservation } from '../model/finding.ts';
import { type DeclaredIdentity, IDENTITY_FILE, IdentityModel } from '../model/identity.ts';
import { type DeclaredQscd, QSCD_FILE, QscdModel } from '../model/qscd.ts';
import { readInside } from './files.ts';
import { readYaml } from './yaml.ts';

export interface ReadOperatingModel {
  /** Undefined where there is no `content/qscd.yaml`, or it is not valid. */
  qscd: DeclaredQscd | undefined;
  /** Undefined where there is no `content/identity.yaml`, or it is not valid. */
  identity: DeclaredIdentity | undefined;
  observations: readonly ReadingObservation[];
}

/** Reads who manages which qualified devices, and how persons are identified. Nothing is said of a file that is not there. */
export async function readOperatingModel(root: string): Promise<ReadOperatingModel> {
  const [qscd, identity] = await Promise.all([readModel(root, QSCD_FILE, QscdModel), readModel(root, IDENTITY_FILE, IdentityModel)]);
  return {
    qscd: qscd?.value && { ...qscd.value, fields: qscd.fields },
    identity: identity?.value && { ...identity.value, fields: identity.fields },
    observations: [...(qscd?.observations ?? []), ...(identity?.observations ?? [])],
  };
}

async function readModel<T>(root: string, file: string, schema: z.ZodType<T>) {
  const text = (await readInside(root, file))?.toString('utf8');
  return text === undefined ? undefined : readYaml({ text, file, firstLine: 1, rule: 'evidence/operating-model-valid' }, schema);
}
