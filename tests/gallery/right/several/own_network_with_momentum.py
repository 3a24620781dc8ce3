# what: a Network that inherits the provided one and updates with momentum, and a Layer with a slope below zero
# loses: nothing

# %% +
class Network(Network):
    def __init__(self, *layers):
        super().__init__(*layers)
        self.speed = [0.0 for _ in self.parameters]

    def update(self, learning_rate, momentum=0.9):
        for k, parameter in enumerate(self.parameters):
            self.speed[k] = momentum * self.speed[k] - learning_rate * parameter.grad
            parameter.data += self.speed[k]

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = 0.0


class Layer(Layer):
    def __call__(self, inputs):
        outputs = [
            sum((row[j] * x for row, x in zip(self.weights, inputs, strict=True)), start=bias)
            for j, bias in enumerate(self.biases)
        ]
        return [out.relu() + out * 0.01 for out in outputs] if self.add_relu else outputs
