import type { RequestLogger } from '@stowage/nest-kit';

/** What has been started, to be stopped in the opposite order. One part that fails to stop does not keep the others. */
export class ShutdownStack {
  readonly #parts: { readonly name: string; readonly stop: () => Promise<unknown> }[] = [];
  #stopping: Promise<void> | undefined;

  constructor(private readonly logger: RequestLogger) {}

  add(name: string, stop: () => Promise<unknown>): void {
    this.#parts.push({ name, stop });
  }

  /** Idempotent. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const { name, stop } of this.#parts.reverse()) {
      try {
        await stop();
        this.logger.debug({ part: name }, 'stopped');
      } catch (error) {
        this.logger.error({ part: name, err: error }, 'could not be stopped cleanly');
      }
    }
  }
}
