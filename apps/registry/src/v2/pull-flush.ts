import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { PullLog } from '@stowage/metadata';
import { REGISTRY_OPTIONS, type RegistryOptions } from '../registry-options.js';

const EVERY_MS = 60_000;

/** Writes when manifests were pulled: once a minute, and when the registry stops. What a crash loses is a minute of that. */
@Injectable()
export class PullFlush implements OnModuleInit, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(PullLog) private readonly pulls: PullLog,
    @Inject(REGISTRY_OPTIONS) private readonly options: RegistryOptions,
  ) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.#flush(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }

  /** Never fails: a pull is answered whether or not anybody remembers it. */
  async #flush(): Promise<void> {
    try {
      await this.pulls.flush();
    } catch (err) {
      this.options.logger.warn({ err }, 'could not record pulls; they are tried again');
    }
  }
}
