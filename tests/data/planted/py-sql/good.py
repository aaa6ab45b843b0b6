class Users:
    def __init__(self, connection):
        self.connection = connection

    def find(self, name):
        cursor = self.connection.cursor()
        cursor.execute("SELECT id, name FROM users WHERE name = ?", (name,))
        return cursor.fetchone()

    def count(self):
        cursor = self.connection.cursor()
        cursor.execute("SELECT count(*) FROM users")
        return cursor.fetchone()[0]
