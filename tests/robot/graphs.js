// Every graph in sight that is to show right numbers, with what is written in it.
() => {
  const FIGURES = ["#operation-figure", "#graph-figure", "#backpropagation-figure"];
  const PARTS = ["[data-part=right]", "[data-part=neuron-figure]"];
  const isSeen = (element) => element.checkVisibility();
  const exact = (node, role) => node.querySelector(`[data-role=${role}]`)?.getAttribute("data-exact");

  const nodeOf = (node) => ({
    id: Number(node.dataset.node),
    kind: node.getAttribute("class"),
    name: node.getAttribute("aria-label"),
    op: node.querySelector(".op text")?.textContent ?? "",
    data: exact(node, "data") ?? "",
    grad: exact(node, "grad") ?? "",
  });

  const graphIn = (figure) => {
    const svg = figure.querySelector("svg.graph");
    if (!svg || !isSeen(svg)) return [];
    const { step, steps } = figure.closest("[data-steps]")?.dataset ?? {};
    const fields = [...figure.querySelectorAll("input[type=number][data-input]")].filter(isSeen);
    return [{
      name: figure.id || figure.dataset.part,
      step,
      steps,
      isWrong: figure.querySelector(".mistake:not([hidden]), .problem:not([hidden])") !== null,
      code: figure.querySelector("textarea")?.value ?? null,
      nodes: [...svg.querySelectorAll(".plane > [data-node]")].map(nodeOf),
      edges: [...svg.querySelectorAll("[data-edge]")].map((edge) => edge.dataset.edge.split("-").map(Number)),
      inputs: fields.map((field) => [field.dataset.input, field.value]),
    }];
  };
  return [...document.querySelectorAll([...FIGURES, ...PARTS].join())].flatMap(graphIn);
}
