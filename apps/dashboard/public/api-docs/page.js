// The start of /api/docs: a file, because the content security policy refuses inline scripts.
(() => {
  const root = document.documentElement;
  const follow = () => root.classList.toggle('dark-mode', root.getAttribute('data-mantine-color-scheme') === 'dark');
  follow();
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', () => {
    let choice = 'auto';
    try {
      choice = localStorage.getItem('stowage-color-scheme') || 'auto';
    } catch {
      // Storage can be blocked; the system's scheme is then the answer.
    }
    if (choice !== 'auto') return;
    root.setAttribute('data-mantine-color-scheme', system.matches ? 'dark' : 'light');
    follow();
  });
  const { document: url } = document.currentScript.dataset;
  globalThis.SwaggerUIBundle({
    url,
    dom_id: '#api',
    // The links would stand inside buttons.
    deepLinking: false,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    filter: true,
    syntaxHighlight: { activated: false },
    validatorUrl: null,
    presets: [globalThis.SwaggerUIBundle.presets.apis],
    layout: 'BaseLayout',
  });
})();
