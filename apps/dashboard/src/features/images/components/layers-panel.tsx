import type { LayerView } from '@stowage/contracts';
import { useState } from 'react';
import { ByteSize } from '../../../components/ui/byte-size';
import { Panel } from '../../../components/ui/panel';
import { LayerRow } from './layer-row';
import classes from './layers.module.css';

/** Every step of the build in its order; a bar shows where the bytes are. */
export function LayersPanel({ layers }: { readonly layers: readonly LayerView[] }) {
  const [configSteps, setConfigSteps] = useState(true);
  const stored = layers.filter(({ digest }) => digest !== null);
  const largest = Math.max(1, ...stored.map(({ sizeBytes }) => sizeBytes));
  const total = stored.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const rows = layers
    .map((layer, index) => ({ layer, number: index + 1 }))
    .filter(({ layer }) => configSteps || layer.digest !== null);
  return (
    <Panel
      flush
      title="Layers"
      aside={
        <span className={classes.summary}>
          {stored.length === layers.length ? null : (
            <label className={classes.toggle}>
              <input
                type="checkbox"
                checked={configSteps}
                onChange={(event) => setConfigSteps(event.currentTarget.checked)}
              />
              Steps without a layer
            </label>
          )}
          <span>
            {stored.length} {stored.length === 1 ? 'layer' : 'layers'}, <ByteSize bytes={total} />
          </span>
        </span>
      }
    >
      <ol className={classes.list}>
        {rows.map(({ layer, number }) => (
          <LayerRow key={number} layer={layer} number={number} share={layer.sizeBytes / largest} />
        ))}
      </ol>
    </Panel>
  );
}
