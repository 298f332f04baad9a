import { describe, expect, it } from 'vitest';
import { breakStep, dockerfileStep, splitStep } from './dockerfile-step';

describe('dockerfileStep', () => {
  it.each([
    ['/bin/sh -c #(nop)  CMD ["bash"]', 'CMD ["bash"]'],
    ['/bin/sh -c #(nop) WORKDIR /app', 'WORKDIR /app'],
    [`/bin/sh -c #(nop) ADD file:5f1a2b3c${'d'.repeat(56)} in / `, 'ADD file:5f1a2b3c… /'],
    ['/bin/sh -c apt-get update && apt-get install -y curl', 'RUN apt-get update && apt-get install -y curl'],
    ['RUN /bin/sh -c npm ci --omit=dev # buildkit', 'RUN npm ci --omit=dev'],
    ['COPY --from=build /out /usr/bin # buildkit', 'COPY --from=build /out /usr/bin'],
    ['|2 A=1 B=two words /bin/sh -c make install', 'RUN make install'],
    ['RUN |1 VERSION=24 /bin/sh -c make # buildkit', 'RUN make'],
    ['/bin/bash -o pipefail -c curl x | sh', 'RUN curl x | sh'],
    ['EXPOSE map[8443/tcp:{} 9090/tcp:{}]', 'EXPOSE 8443/tcp 9090/tcp'],
    ['EXPOSE [80/tcp]', 'EXPOSE 80/tcp'],
    ['CMD ["node" "server.js"]', 'CMD ["node", "server.js"]'],
    [
      `HEALTHCHECK &{["CMD" "/bin/app" "health"] "10s" "3s" "0s" "0s" '\\x03'}`,
      'HEALTHCHECK --interval=10s --timeout=3s CMD ["/bin/app", "health"]',
    ],
    [
      `HEALTHCHECK &{["CMD-SHELL" "curl -f \\"localhost\\" || exit 1"] "30s" "0s" "5s" "0s" '\\x00'}`,
      'HEALTHCHECK --interval=30s --start-period=5s CMD curl -f "localhost" || exit 1',
    ],
    ['ENV PATH=/usr/local/bin:/usr/bin', 'ENV PATH=/usr/local/bin:/usr/bin'],
    ['# debian.sh --arch amd64 out/ trixie @1730', '# debian.sh --arch amd64 out/ trixie @1730'],
    ['cmd /S /C #(nop)  ENTRYPOINT ["app.exe"]', 'ENTRYPOINT ["app.exe"]'],
  ])('reads %s', (createdBy, step) => {
    expect(dockerfileStep(createdBy)).toBe(step);
  });
});

describe('splitStep and breakStep', () => {
  it('sets the instruction apart', () => {
    expect(splitStep('RUN make')).toEqual({ instruction: 'RUN', rest: 'make' });
    expect(splitStep('# debian.sh')).toEqual({ instruction: '', rest: '# debian.sh' });
    expect(splitStep('RUNNING x')).toEqual({ instruction: '', rest: 'RUNNING x' });
  });

  it('puts each command of a chain on a line', () => {
    expect(breakStep('RUN set -eux; apt-get update && rm -rf /x')).toBe(
      'RUN set -eux;\n    apt-get update \\\n    && rm -rf /x',
    );
  });
});
