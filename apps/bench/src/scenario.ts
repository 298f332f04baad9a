import type { RegistryServer } from './servers/registry-server.js';

/** One figure. Every registry that is measured gives the same metrics. */
export interface Metric {
  readonly name: string;
  readonly unit: 'requests/s' | 'pushes/s' | 'MB/s' | 'MiB' | 'ms';
  /** What we set out to reach, as text. */
  readonly aim?: string;
}

export interface Reading {
  readonly metric: Metric;
  readonly value: number;
}

/** Puts load on one registry, once. */
export interface Scenario<Measured = RegistryServer> {
  readonly name: string;
  /** What can happen once only is measured once. */
  readonly isUnrepeatable?: boolean;
  /** A limit of ours that no peer is held to: only the first registry is measured. */
  readonly isOursAlone?: boolean;
  measure(measured: Measured): Promise<readonly Reading[]>;
}

/** Decimal megabytes, as disks and networks are sold. */
export function megabytesPerSecond(bytes: number, elapsedMs: number): number {
  return bytes / 1000 / elapsedMs;
}
