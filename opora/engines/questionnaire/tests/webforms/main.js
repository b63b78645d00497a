// The evaluator of @getodk/web-forms, asked without its fields: an XForm and answers in, what it makes of them out.
import { createInstance } from "@getodk/xforms-engine";

const nameOf = (node) => node.currentState.reference.split("/").pop().replace(/\[\d+\]$/, "");
const childOf = (node, name) => node.currentState.children.find((child) => nameOf(child) === name);

function rows(range, count) {
  const missing = count - range.currentState.children.length;
  if (missing > 0) range.addInstances(range.currentState.children.length - 1, missing);
  return range.currentState.children;
}

function fill(node, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const child = childOf(node, name);
    if (child.nodeType.startsWith("repeat-range")) {
      rows(child, value.length).forEach((row, number) => number < value.length && fill(row, value[number]));
    } else if (child.nodeType === "group") {
      fill(child, value);
    } else if (child.nodeType === "select") {
      child.selectValues(Array.isArray(value) ? value : [value]);
    } else {
      child.setValue(String(value));
    }
  }
}

const text = (value) => (value === null || value === undefined ? "" : Array.isArray(value) ? value.join(" ") : String(value));

function told(node, found) {
  const { children, reference, relevant, value } = node.currentState;
  if (children === null) {
    const violation = node.validationState.violation;
    found[reference] = { kind: node.nodeType, relevant, value: text(value), violation: violation && violation.condition };
  } else {
    children.forEach((child) => told(child, found));
  }
  return found;
}

window.ask = async (xform, answers) => {
  try {
    const { root } = await createInstance(xform);
    fill(root, answers);
    return { nodes: told(root, {}) };
  } catch (error) {
    return { refused: String(error.message ?? error) };
  }
};
window.ready = true;
