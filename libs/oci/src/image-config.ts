import { z } from 'zod';
import type { Descriptor } from './descriptor.js';

const strings = z.array(z.string()).nullish();

const historySchema = z.object({
  created: z.string().nullish(),
  created_by: z.string().nullish(),
  comment: z.string().nullish(),
  empty_layer: z.boolean().nullish(),
});

/** image-spec, "OCI Image Configuration": the members that people look at. */
export const imageConfigSchema = z.object({
  created: z.string().nullish(),
  author: z.string().nullish(),
  architecture: z.string().nullish(),
  os: z.string().nullish(),
  variant: z.string().nullish(),
  config: z
    .object({
      User: z.string().nullish(),
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
      Env: strings,
      Entrypoint: strings,
      Cmd: strings,
      Volumes: z.record(z.string(), z.unknown()).nullish(),
      WorkingDir: z.string().nullish(),
      Labels: z.record(z.string(), z.string()).nullish(),
      StopSignal: z.string().nullish(),
    })
    .nullish(),
  history: z.array(historySchema).nullish(),
});

export type ImageConfig = z.infer<typeof imageConfigSchema>;

/** One line of an image's history; `layer` is absent for steps that only changed the config. */
export interface BuildStep {
  readonly layer: Descriptor | undefined;
  readonly createdBy: string | undefined;
  readonly created: string | undefined;
  readonly comment: string | undefined;
}

/** At least one of these is in every image's config, and in no Helm chart's. */
const TELLTALES = ['architecture', 'os', 'rootfs', 'history'];

/** Undefined when the bytes are not an image config (a Helm chart's, an artifact's). Never throws: configs are user content. */
export function parseImageConfig(bytes: Uint8Array): ImageConfig | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const result = imageConfigSchema.safeParse(json);
    return result.success && TELLTALES.some((name) => Object.hasOwn(json as object, name)) ? result.data : undefined;
  } catch {
    return undefined; // @NOTE any bytes may be a config blob
  }
}

/** Pairs each layer with the step that made it; layers without history come last, as they are. */
export function pairLayersWithHistory(layers: readonly Descriptor[], config: ImageConfig | undefined): BuildStep[] {
  const steps: BuildStep[] = [];
  let next = 0;
  for (const entry of config?.history ?? []) {
    const layer = entry.empty_layer ? undefined : layers[next];
    if (!entry.empty_layer) next += 1;
    steps.push({
      layer,
      createdBy: entry.created_by ?? undefined,
      created: entry.created ?? undefined,
      comment: entry.comment ?? undefined,
    });
  }
  for (const layer of layers.slice(next)) {
    steps.push({ layer, createdBy: undefined, created: undefined, comment: undefined });
  }
  return steps;
}
