"""Cases: inputs and figures of other people's systems, and the runner that holds the product against them."""
