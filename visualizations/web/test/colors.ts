// As in graphkit/colors.py; tests/visualizations/test_page_source.py compares them.

export const COLORS = {
  Customer: "#0072b2",
  "End customer": "#56b4e9",
  "Trade show": "#e69f00",
  Method: "#009e73",
  Topic: "#cc79a7",
  Industry: "#d55e00",
  Employee: "#3e4c59",
  Person: "#9aa5b1",
  Process: "#b8a542",
  Material: "#8c6d46",
  Finish: "#7f7f9f",
};
