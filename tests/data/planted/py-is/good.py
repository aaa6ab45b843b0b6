class Cart:
    def __init__(self):
        self.prices = []

    def add(self, price):
        self.prices.append(price)

    def is_free(self, voucher):
        return sum(self.prices) == voucher
